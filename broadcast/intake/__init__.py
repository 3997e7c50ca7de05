"""From plan documents to a Plan."""
