//! Windows as a calendar file (RFC 5545), for the calendars people keep.
//!
//! All-day events that leave their days free (a deadline is no meeting). Lines end with CRLF and
//! take at most 75 octets, folded between characters. The time stamp is an argument: the same
//! schedule gives the same bytes. Deliberately absent: alarms, repetition, zones.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

use super::counting::plus_days;
use super::error::CalendarError;
use super::period::Extent;

/// How many octets a line may take without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// One window in the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// What tells it from all others, now and in later files: the same window keeps it.
    pub(crate) uid: String,
    /// What people read.
    pub(crate) summary: String,
    /// Its days.
    pub(crate) days: Extent,
}

/// The text of the calendar file. `stamp` says, in UTC and to the second, when it was made.
///
/// # Errors
///
/// [`CalendarError::OutOfCalendar`] where an event ends on 9999-12-31: the file names the day
/// after the last, which four digits cannot write.
pub(crate) fn to_icalendar(
    events: &[Event],
    stamp: NaiveDateTime,
) -> Result<String, CalendarError> {
    let mut text = String::new();
    let stamp = format!(
        "{}T{:02}{:02}{:02}Z",
        basic(stamp.date()),
        stamp.hour(),
        stamp.minute(),
        stamp.second()
    );
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//assize//schedule//EN",
    ] {
        fold(line, &mut text);
    }
    for event in events {
        let behind = plus_days(event.days.last(), 1)?;
        for line in [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&event.uid)),
            format!("DTSTAMP:{stamp}"),
            format!("DTSTART;VALUE=DATE:{}", basic(event.days.first())),
            format!("DTEND;VALUE=DATE:{}", basic(behind)),
            format!("SUMMARY:{}", escaped(&event.summary)),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ] {
            fold(&line, &mut text);
        }
    }
    fold("END:VCALENDAR", &mut text);
    Ok(text)
}

/// `20240501`.
fn basic(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Text as a value (RFC 5545, 3.3.11). Control characters, which the format does not know, stand
/// as escapes that people can read: `\u{7}`.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => value.push_str("\\n"),
            '\t' => value.push(c),
            c if c.is_control() => {
                value.push('\\');
                value.extend(c.escape_unicode());
            }
            c => value.push(c),
        }
    }
    value
}

/// The line with its end, cut where it is too long; what follows a cut begins with a blank.
fn fold(line: &str, text: &mut String) {
    let mut octets = 0_usize;
    for c in line.chars() {
        if octets.saturating_add(c.len_utf8()) > LINE {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets = octets.saturating_add(c.len_utf8());
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::super::{parse_day, parse_time};
    use super::*;
    use proptest::prelude::*;

    fn event(uid: &str, summary: &str, first: &str, last: &str) -> Event {
        Event {
            uid: uid.to_owned(),
            summary: summary.to_owned(),
            days: Extent::new(parse_day(first).unwrap(), parse_day(last).unwrap()).unwrap(),
        }
    }

    fn written(events: &[Event]) -> String {
        to_icalendar(events, parse_time("2024-01-02 03:04:05").unwrap()).unwrap()
    }

    /// Written by hand after RFC 5545: the end is the day after the last.
    #[test]
    fn a_file_with_one_event() {
        let forms = event(
            "collect-forms",
            "收集评分表; 签名, 上交",
            "2023-02-25",
            "2023-02-28",
        );
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//assize//schedule//EN",
            "BEGIN:VEVENT",
            "UID:collect-forms",
            "DTSTAMP:20240102T030405Z",
            "DTSTART;VALUE=DATE:20230225",
            "DTEND;VALUE=DATE:20230301",
            "SUMMARY:收集评分表\\; 签名\\, 上交",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(written(&[forms]), expected.join("\r\n"));
        let last = event("x", "x", "9999-12-31", "9999-12-31");
        let refused = to_icalendar(&[last], parse_time("2024-01-02 03:04:05").unwrap());
        assert_eq!(refused, Err(CalendarError::OutOfCalendar));
    }

    /// `SUMMARY:` and 22 characters of three octets are 74: the next begins a line, which holds a
    /// blank and 24.
    #[test]
    fn long_lines_are_cut_between_characters() {
        let text = written(&[event("x", &"评".repeat(60), "2024-05-01", "2024-05-01")]);
        let lines: Vec<&str> = text.split("\r\n").collect();
        let at = lines
            .iter()
            .position(|line| line.starts_with("SUMMARY"))
            .unwrap();
        let characters = |offset: usize| lines[at + offset].matches('评').count();
        assert_eq!([0, 1, 2].map(characters), [22, 24, 14]);
        assert!(lines[at + 1].starts_with(" 评") && lines[at + 3].starts_with("TRANSP"));
    }

    #[test]
    fn nothing_written_can_end_a_line() {
        let text = written(&[event(
            "x\r\nEND:VEVENT",
            "a\\b\nc\rd\u{7}e\tf",
            "2024-05-01",
            "2024-05-01",
        )]);
        assert!(text.contains("\r\nUID:x\\nEND:VEVENT\r\n"));
        assert!(text.contains("\r\nSUMMARY:a\\\\b\\nc\\nd\\\\u{7}e\tf\r\n"));
    }

    proptest! {
        /// Unfolded and unescaped it is what it was.
        #[test]
        fn what_is_written_is_read_back(summary in "[\\PC\n]{0,120}") {
            let text = written(&[event("x", &summary, "2024-05-01", "2024-05-01")]);
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= 75);
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = text.replace("\r\n ", "");
            let value = unfolded
                .split("\r\n")
                .find_map(|line| line.strip_prefix("SUMMARY:"))
                .unwrap();
            let mut read = String::new();
            let mut characters = value.chars();
            while let Some(c) = characters.next() {
                read.push(match c {
                    '\\' => match characters.next().unwrap() {
                        'n' => '\n',
                        other => other,
                    },
                    c => c,
                });
            }
            prop_assert_eq!(read, summary);
        }
    }
}
