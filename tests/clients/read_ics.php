<?php
// Reads an .ics file with sabre/vobject and prints what it objects to, and its occurrences as JSON, in UTC.
// php read_ics.php AUTOLOAD FILE FIRST LAST
[, $autoload, $file, $first, $last] = $argv;
require_once $autoload;

use Sabre\VObject\Reader;
use Sabre\VObject\Version;

$zone = new DateTimeZone("UTC");
$calendar = Reader::read(file_get_contents($file));
$problems = array_map(fn($one) => $one["message"], $calendar->validate());

// Version 2, which Debian has, leaves the escapes of commas and semicolons to who asks.
$old = version_compare(Version::VERSION, "3", "<");
$text = fn($property) => $old ? strtr($property, ["\\," => ",", "\\;" => ";"]) : (string) $property;

$events = [];
// Version 2 expands the calendar itself and returns nothing; later ones return another.
$expanded = $calendar->expand(new DateTime($first, $zone), new DateTime($last, $zone), $zone);
foreach (($expanded ?? $calendar)->VEVENT as $event) {
    $day = !$event->DTSTART->hasTime();
    $when = fn($property) => $property->getDateTime($zone)->format($day ? "Y-m-d" : "Y-m-d\TH:i:s.v\Z");
    $events[] = [
        "uid" => (string) $event->UID,
        "summary" => $text($event->SUMMARY),
        "day" => $day ? $when($event->DTSTART) : null,
        "start" => $when($event->DTSTART),
        "end" => $when($event->DTEND),
    ];
}
echo json_encode(["problems" => array_values($problems), "events" => $events]);
