//! The data of a subject as one line of JSON, which `score` reads back as it is.
//!
//! Figures keep their digits. Names stand in the order of the data.

use std::io;

use assize::input::{Given, Subject};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

/// The data of a subject, to be written.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a>(pub &'a Subject);

struct Datum<'a>(&'a Given);

impl Data<'_> {
    /// The line, without its end.
    ///
    /// # Errors
    ///
    /// None that data can cause.
    pub fn line(self) -> io::Result<String> {
        Ok(serde_json::to_string(&self)?)
    }
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.values.len()))?;
        for (name, value) in &self.0.values {
            map.serialize_entry(name, &Datum(value))?;
        }
        map.end()
    }
}

impl Serialize for Datum<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Given::Nothing => serializer.serialize_unit(),
            Given::Flag(flag) => serializer.serialize_bool(*flag),
            Given::Number(digits) => match RawValue::from_string(digits.clone()) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(digits),
            },
            Given::Text(text) => serializer.serialize_str(text),
            Given::List(list) => {
                let mut sequence = serializer.serialize_seq(Some(list.len()))?;
                for element in list {
                    sequence.serialize_element(&Datum(element))?;
                }
                sequence.end()
            }
            Given::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, &Datum(value))?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stay_as_they_are() {
        let subject = Subject::new([("得分", Given::Number("0.10".to_owned()))])
            .with(
                "named",
                Given::Map([("甲".to_owned(), Given::Flag(true))].into_iter().collect()),
            )
            .with(
                "rows",
                Given::List(vec![Given::Nothing, Given::Text("1".to_owned())]),
            );
        assert_eq!(
            Data(&subject).line().unwrap(),
            r#"{"得分":0.10,"named":{"甲":true},"rows":[null,"1"]}"#
        );
    }
}
