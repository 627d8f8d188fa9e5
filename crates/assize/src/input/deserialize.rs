//! Subjects from any self-describing data format of serde.
//!
//! Binary floating point is refused: a figure with decimals travels as text, or as the format's
//! own digits where it keeps them. A name that is given twice is refused too, and so is data that
//! nests deeper than [`MAX_DEPTH`]: not every format bounds its own recursion.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Given, MAX_DEPTH, OWN_DIGITS, Subject};

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reader { depth: 0 }.deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Given::deserialize(deserializer)? {
            Given::Map(values) => Ok(Self { values }),
            _ => Err(D::Error::custom("a subject is a map from names to values")),
        }
    }
}

/// Reads one value; `depth` counts what lies around it.
#[derive(Clone, Copy)]
struct Reader {
    depth: usize,
}

impl Reader {
    fn inner<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.saturating_add(1);
        if depth > MAX_DEPTH {
            return Err(E::custom(format_args!(
                "values lie within each other more than {MAX_DEPTH} levels deep"
            )));
        }
        Ok(Self { depth })
    }
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Given;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, text, a flag, a list or a map")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Given, E> {
        Ok(Given::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Given, E> {
        Ok(number.into())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Given, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Given, E> {
        Ok(number.into())
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Given, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Given, E> {
        Err(E::custom(
            "a figure in binary floating point is not exact: give it as text, \"92.5\"",
        ))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Given, E> {
        Ok(Given::Text(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_none<E: Error>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        self.inner()?.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Given, D::Error> {
        self.inner()?.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
        let inner = self.inner()?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(Given::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let inner = self.inner()?;
        let mut values = IndexMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(inner)?;
            if let (OWN_DIGITS, Given::Text(digits), true) = (&*key, &value, values.is_empty()) {
                return Ok(Given::Number(digits.clone()));
            }
            if values.insert(key.clone(), value).is_some() {
                return Err(A::Error::custom(format_args!("`{key}` is given twice")));
            }
        }
        Ok(Given::Map(values))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error as Plain, MapDeserializer};
    use serde::de::{IntoDeserializer, value};

    use super::*;

    fn read(json: &str) -> Result<Given, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn what_json_says_is_what_is_given() {
        let given = read(r#"{"a": 1, "b": "92.5", "c": [true, null], "长": {"x": -7}}"#).unwrap();
        let by_hand = Subject::new([("a", Given::from(1))])
            .with("b", "92.5")
            .with("c", Given::List(vec![Given::Flag(true), Given::Nothing]))
            .with("长", Subject::new([("x", -7)]));
        assert_eq!(given, Given::from(by_hand));
        let largest = read("18446744073709551615").unwrap();
        assert_eq!(largest, Given::Number("18446744073709551615".to_owned()));
    }

    #[test]
    fn nothing_is_repaired() {
        for (json, says) in [
            ("92.5", "not exact"),
            ("1e2", "not exact"),
            // Beyond 64 bits serde's JSON only has binary floating point left.
            ("18446744073709551616", "not exact"),
            (r#"{"a": 1, "a": 1}"#, "`a` is given twice"),
            (r#"{"a": {"b": 1, "b": 2}}"#, "`b` is given twice"),
        ] {
            let fault = read(json).unwrap_err();
            assert!(fault.contains(says), "{json}: {fault}");
        }
        let fault = serde_json::from_str::<Subject>("[1]").unwrap_err();
        assert!(fault.to_string().contains("a map from names to values"));
    }

    #[test]
    fn a_format_that_keeps_digits_gives_a_number() {
        let one = [(OWN_DIGITS, "92.50")].into_iter();
        let number = Given::deserialize(MapDeserializer::<_, Plain>::new(one)).unwrap();
        assert_eq!(number, Given::Number("92.50".to_owned()));
    }

    #[test]
    fn nesting_is_bounded_where_the_format_does_not_bound_it() {
        let nested = |depth: usize| {
            let json = "[".repeat(depth) + &"]".repeat(depth);
            let mut reader = serde_json::Deserializer::from_str(&json);
            Given::deserialize(&mut reader).map_err(|error| error.to_string())
        };
        assert!(nested(MAX_DEPTH).is_ok());
        assert!(nested(MAX_DEPTH + 1).unwrap_err().contains("64 levels"));

        /// Lists within lists without an end.
        struct Endless;
        impl<'de> Deserializer<'de> for Endless {
            type Error = Plain;
            fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Plain> {
                visitor.visit_seq(value::SeqDeserializer::new(std::iter::once(Self)))
            }
            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option
                unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
                ignored_any
            }
        }
        impl IntoDeserializer<'_, Plain> for Endless {
            type Deserializer = Self;
            fn into_deserializer(self) -> Self {
                self
            }
        }
        let fault = Given::deserialize(Endless).unwrap_err();
        assert!(fault.to_string().contains("64 levels"), "{fault}");
    }
}
