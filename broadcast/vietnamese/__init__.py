"""The Vietnamese language: characters, numbers and text read aloud."""
