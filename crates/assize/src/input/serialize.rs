//! Subjects from any type that serde can serialise: the structs of the program that embeds the
//! library, without a detour through JSON.
//!
//! The shapes are those of serde's JSON: a struct or a map gives named values, an enum's variant
//! without data its name, `None` and `()` no value, a newtype what is inside. Binary floating
//! point is refused, because 0.1 is not in it: figures come as whole numbers, as text, or as
//! `rust_decimal::Decimal` (which serialises as text). Deliberately absent: bytes, and keys that
//! are neither text nor whole numbers nor variants.

use std::fmt::Display;

use indexmap::IndexMap;
use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::unfit::{Unfit, UnfitValue};
use super::{Given, MAX_DEPTH, OWN_DIGITS, Subject};

impl Given {
    /// A datum from any value that serde can serialise.
    ///
    /// # Errors
    ///
    /// [`UnfitValue`] where the value has no exact counterpart: `Given::from_serialize(&0.5)`.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, UnfitValue> {
        value.serialize(Writer { depth: 0 })
    }
}

impl Subject {
    /// A subject from a struct or a map of the program; its fields are the inputs by name.
    ///
    /// ```
    /// use assize::input::{Subject, Unfit};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Visit { score: &'static str, late: u32, remark: Option<String> }
    ///
    /// let visit = Visit { score: "92.5", late: 3, remark: None };
    /// let by_hand = Subject::new([("score", "92.5")]).with("late", 3).with("remark", None::<String>);
    /// assert_eq!(Subject::from_serialize(&visit)?, by_hand);
    ///
    /// // 92.5 happens to be exact in binary, 92.4 is not: neither is taken.
    /// let refused = Subject::from_serialize(&[("score", 92.5)].into_iter().collect::<std::collections::BTreeMap<_, _>>());
    /// let refused = refused.unwrap_err();
    /// assert_eq!((refused.path.as_str(), refused.why), ("score", Unfit::BinaryFraction));
    /// # Ok::<(), assize::input::UnfitValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnfitValue`] where a value has no exact counterpart, with the path that leads to it, or
    /// where the whole is not made of named values: `Subject::from_serialize(&[1, 2])`.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, UnfitValue> {
        match Given::from_serialize(value)? {
            Given::Map(values) => Ok(Self { values }),
            Given::Nothing
            | Given::Flag(_)
            | Given::Number(_)
            | Given::Text(_)
            | Given::List(_) => Err(Unfit::NotNamed.into()),
        }
    }
}

/// Writes one value; `depth` counts what lies around it.
#[derive(Clone, Copy)]
struct Writer {
    depth: usize,
}

impl Writer {
    /// One level further in. Options and newtypes count too: they can nest without a list.
    fn inner(self) -> Result<Self, UnfitValue> {
        let depth = self.depth.saturating_add(1);
        if depth > MAX_DEPTH {
            return Err(Unfit::TooDeep(MAX_DEPTH).into());
        }
        Ok(Self { depth })
    }

    fn list(self) -> Result<Elements, UnfitValue> {
        Ok(Elements {
            writer: self.inner()?,
            values: Vec::new(),
            variant: None,
        })
    }

    fn members(self) -> Result<Members, UnfitValue> {
        Ok(Members {
            writer: self.inner()?,
            values: IndexMap::new(),
            key: None,
            variant: None,
            own_digits: false,
        })
    }
}

fn number(value: impl Display) -> Result<Given, UnfitValue> {
    Ok(Given::Number(value.to_string()))
}

/// `{ variant: value }`, as serde's JSON has it.
fn tagged(variant: Option<&'static str>, value: Given) -> Given {
    match variant {
        None => value,
        Some(variant) => Given::Map(IndexMap::from([(variant.to_owned(), value)])),
    }
}

impl Serializer for Writer {
    type Ok = Given;
    type Error = UnfitValue;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Elements;
    type SerializeTupleVariant = Elements;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    fn serialize_bool(self, flag: bool) -> Result<Given, UnfitValue> {
        Ok(Given::Flag(flag))
    }

    fn serialize_i8(self, value: i8) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_i16(self, value: i16) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_i32(self, value: i32) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_i64(self, value: i64) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_i128(self, value: i128) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_u8(self, value: u8) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_u16(self, value: u16) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_u32(self, value: u32) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_u64(self, value: u64) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_u128(self, value: u128) -> Result<Given, UnfitValue> {
        number(value)
    }

    fn serialize_f32(self, _: f32) -> Result<Given, UnfitValue> {
        Err(Unfit::BinaryFraction.into())
    }

    fn serialize_f64(self, _: f64) -> Result<Given, UnfitValue> {
        Err(Unfit::BinaryFraction.into())
    }

    fn serialize_char(self, letter: char) -> Result<Given, UnfitValue> {
        Ok(Given::Text(letter.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result<Given, UnfitValue> {
        Ok(Given::Text(text.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Given, UnfitValue> {
        Err(Unfit::Bytes.into())
    }

    fn serialize_none(self) -> Result<Given, UnfitValue> {
        Ok(Given::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Given, UnfitValue> {
        value.serialize(self.inner()?)
    }

    fn serialize_unit(self) -> Result<Given, UnfitValue> {
        Ok(Given::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Given, UnfitValue> {
        Ok(Given::Nothing)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Given, UnfitValue> {
        Ok(Given::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Given, UnfitValue> {
        value.serialize(self.inner()?)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Given, UnfitValue> {
        let value = value
            .serialize(self.inner()?)
            .map_err(|fault| fault.within(variant))?;
        Ok(tagged(Some(variant), value))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements, UnfitValue> {
        self.list()
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements, UnfitValue> {
        self.list()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Elements, UnfitValue> {
        self.list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements, UnfitValue> {
        let variant = Some(variant);
        Ok(Elements {
            variant,
            ..self.list()?
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, UnfitValue> {
        self.members()
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, UnfitValue> {
        let own_digits = name == OWN_DIGITS;
        Ok(Members {
            own_digits,
            ..self.members()?
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, UnfitValue> {
        let variant = Some(variant);
        Ok(Members {
            variant,
            ..self.members()?
        })
    }
}

/// A list as it grows.
struct Elements {
    writer: Writer,
    values: Vec<Given>,
    variant: Option<&'static str>,
}

impl Elements {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), UnfitValue> {
        let index = self.values.len();
        let value = value
            .serialize(self.writer)
            .map_err(|fault| fault.within(&format!("[{index}]")))
            .map_err(|fault| match self.variant {
                Some(variant) => fault.within(variant),
                None => fault,
            })?;
        self.values.push(value);
        Ok(())
    }

    fn finish(self) -> Given {
        tagged(self.variant, Given::List(self.values))
    }
}

impl SerializeSeq for Elements {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), UnfitValue> {
        self.push(value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

impl SerializeTuple for Elements {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), UnfitValue> {
        self.push(value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

impl SerializeTupleStruct for Elements {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), UnfitValue> {
        self.push(value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

impl SerializeTupleVariant for Elements {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), UnfitValue> {
        self.push(value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

/// Named values as they grow.
struct Members {
    writer: Writer,
    values: IndexMap<String, Given>,
    key: Option<String>,
    variant: Option<&'static str>,
    /// Whether this is a number of `serde_json` that kept its digits.
    own_digits: bool,
}

impl Members {
    fn insert<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), UnfitValue> {
        let value = value.serialize(self.writer);
        let taken = value.and_then(|value| match self.values.insert(key.to_owned(), value) {
            None => Ok(()),
            Some(_) => Err(Unfit::GivenTwice(key.to_owned()).into()),
        });
        taken.map_err(|fault| {
            let fault = fault.within(key);
            match self.variant {
                Some(variant) => fault.within(variant),
                None => fault,
            }
        })
    }

    fn finish(mut self) -> Given {
        if self.own_digits
            && let Some(Given::Text(digits)) = self.values.swap_remove(OWN_DIGITS)
        {
            return Given::Number(digits);
        }
        tagged(self.variant, Given::Map(self.values))
    }
}

impl SerializeMap for Members {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), UnfitValue> {
        self.key = match key.serialize(self.writer)? {
            Given::Text(key) | Given::Number(key) => Some(key),
            Given::Nothing | Given::Flag(_) | Given::List(_) | Given::Map(_) => {
                return Err(Unfit::KeyNotText.into());
            }
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), UnfitValue> {
        let key = self.key.take().ok_or(Unfit::KeyNotText)?;
        self.insert(&key, value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

impl SerializeStruct for Members {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), UnfitValue> {
        self.insert(key, value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

impl SerializeStructVariant for Members {
    type Ok = Given;
    type Error = UnfitValue;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), UnfitValue> {
        self.insert(key, value)
    }

    fn end(self) -> Result<Given, UnfitValue> {
        Ok(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rust_decimal::Decimal;

    use super::*;

    #[derive(Serialize)]
    enum Answer {
        #[serde(rename = "很满意")]
        VerySatisfied,
        Other(Option<u8>),
        Counted {
            yes: u8,
        },
        Pair(i8, i8),
    }

    #[derive(Serialize)]
    struct Tasks(u16);

    #[derive(Serialize)]
    struct Month {
        score: Decimal,
        low: bool,
        answer: Answer,
    }

    #[derive(Serialize)]
    struct Office {
        name: String,
        tasks: Tasks,
        remark: Option<char>,
        unit: (),
        months: Vec<Month>,
        counts: BTreeMap<u8, i64>,
        #[serde(flatten)]
        rest: BTreeMap<String, u128>,
    }

    #[test]
    fn a_struct_gives_what_is_given_by_hand() {
        let office = Office {
            name: "一班".to_owned(),
            tasks: Tasks(7),
            remark: Some('无'),
            unit: (),
            months: vec![Month {
                score: Decimal::new(9250, 2),
                low: true,
                answer: Answer::VerySatisfied,
            }],
            counts: BTreeMap::from([(3, -1)]),
            rest: BTreeMap::from([("large".to_owned(), u128::MAX)]),
        };
        let month = Subject::new([("score", "92.50")])
            .with("low", true)
            .with("answer", "很满意");
        let by_hand = Subject::new([("name", "一班")])
            .with("tasks", 7)
            .with("remark", "无")
            .with("unit", Given::Nothing)
            .with("months", Given::List(vec![month.into()]))
            .with("counts", Subject::new([("3", -1)]))
            .with(
                "large",
                Given::Number("340282366920938463463374607431768211455".to_owned()),
            );
        assert_eq!(Subject::from_serialize(&office), Ok(by_hand));
    }

    #[test]
    fn variants_with_data_are_shaped_as_in_json() {
        for answer in [
            Answer::Other(Some(3)),
            Answer::Other(None),
            Answer::Counted { yes: 1 },
            Answer::Pair(-1, 1),
        ] {
            let json = serde_json::to_string(&answer).unwrap();
            let through_json: Given = serde_json::from_str(&json).unwrap();
            assert_eq!(Given::from_serialize(&answer), Ok(through_json), "{json}");
        }
    }

    fn refused<T: Serialize>(value: T, path: &str, why: Unfit) {
        let path = path.to_owned();
        assert_eq!(Given::from_serialize(&value), Err(UnfitValue { path, why }));
    }

    #[test]
    fn what_is_not_exact_is_refused_with_its_place() {
        refused(0.5_f64, "", Unfit::BinaryFraction);
        refused([[1.0_f32]], "[0][0]", Unfit::BinaryFraction);
        let nested = serde_json::json!({"a": [{"b": 1}, {"b": 0.1}]});
        refused(nested, "a[1].b", Unfit::BinaryFraction);
        refused(
            BTreeMap::from([("x", Err::<(), _>(0.1))]),
            "x.Err",
            Unfit::BinaryFraction,
        );
    }

    #[test]
    fn what_has_no_counterpart_is_refused() {
        struct Bytes;
        impl Serialize for Bytes {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_bytes(b"92")
            }
        }
        #[derive(Serialize)]
        struct Twice {
            score: u8,
            #[serde(flatten)]
            rest: BTreeMap<&'static str, u8>,
        }
        refused([Bytes], "[0]", Unfit::Bytes);
        refused(BTreeMap::from([(Some(true), 1)]), "", Unfit::KeyNotText);
        refused(BTreeMap::from([([1], 1)]), "", Unfit::KeyNotText);
        let rest = BTreeMap::from([("score", 2)]);
        refused(
            Twice { score: 1, rest },
            "score",
            Unfit::GivenTwice("score".to_owned()),
        );
        let why = Subject::from_serialize(&[1, 2]).unwrap_err();
        assert_eq!(why, Unfit::NotNamed.into());
    }

    #[test]
    fn nesting_is_bounded_with_and_without_lists() {
        #[derive(Serialize)]
        struct Option_(Option<Box<Self>>);

        let nested = |depth: usize| {
            let mut value = serde_json::json!(1);
            for _ in 0..depth {
                value = serde_json::Value::Array(vec![value]);
            }
            Given::from_serialize(&value)
        };
        assert!(nested(MAX_DEPTH).is_ok());
        let fault = nested(MAX_DEPTH + 1).unwrap_err();
        assert_eq!(fault.why, Unfit::TooDeep(64));
        assert_eq!(fault.path, "[0]".repeat(64));

        let mut chain = Option_(None);
        for _ in 0..10_000 {
            chain = Option_(Some(Box::new(chain)));
        }
        refused(&chain, "", Unfit::TooDeep(64));
    }

    #[test]
    fn a_number_that_kept_its_digits_is_a_number() {
        struct Kept;
        impl Serialize for Kept {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut number = serializer.serialize_struct(OWN_DIGITS, 1)?;
                number.serialize_field(OWN_DIGITS, "92.50")?;
                number.end()
            }
        }
        assert_eq!(
            Given::from_serialize(&Kept),
            Ok(Given::Number("92.50".to_owned()))
        );
    }

    #[test]
    fn the_words_name_the_place() {
        let fault = Given::from_serialize(&[0.1]).unwrap_err().words();
        assert!(fault.en.starts_with("`[0]`: a figure in binary"), "{fault}");
        assert!(fault.zh.starts_with("“[0]”：二进制浮点数"), "{}", fault.zh);
    }
}
