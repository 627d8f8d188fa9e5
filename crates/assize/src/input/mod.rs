//! The data of one subject as it was supplied, before anything knows what it should be.
//!
//! A table cell, a JSON value and a figure handed over by a program all become a [`Given`]. What
//! they mean is decided against the inputs that the scheme declares: a `Text` of digits is a
//! figure where a figure is asked, `是` is a flag where a flag is asked. Figures travel as digits
//! and never pass through binary floating point.

pub(crate) mod bind;
mod deserialize;
mod serialize;
mod unfit;

pub use unfit::{Unfit, UnfitValue};

use indexmap::IndexMap;

/// How deep values from serde may lie within each other; options and newtypes count as levels.
const MAX_DEPTH: usize = 64;

/// The name under which `serde_json` passes a number whose digits it kept (its feature
/// `arbitrary_precision`, which any crate of a build may switch on).
const OWN_DIGITS: &str = "$serde_json::private::Number";

/// One datum as supplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// An empty cell, `null`: no value.
    Nothing,
    /// `true`, `false`.
    Flag(bool),
    /// The digits of a number as the source wrote them.
    Number(String),
    /// Words, or the digits of a number in quotes or in a cell.
    Text(String),
    /// Several values, in order.
    List(Vec<Given>),
    /// Named values.
    Map(IndexMap<String, Given>),
}

/// The figures of one subject, by the keys that its scheme declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// What is given, by key; nested names are nested maps.
    pub values: IndexMap<String, Given>,
}

impl Subject {
    /// A subject from names and values: whole numbers, flags, text (of digits or words), lists.
    ///
    /// Figures with decimals are given as text (`"92.5"`): binary floating point is not accepted.
    ///
    /// ```
    /// use assize::input::Subject;
    ///
    /// let subject = Subject::new([("late", 3)]).with("score", "92.5").with("inspected", true);
    /// assert_eq!(subject.values.len(), 3);
    /// ```
    #[must_use]
    pub fn new<N: Into<String>, V: Into<Given>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        Self {
            values: values
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }

    /// The subject with one more value; a value already there under this name is replaced.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Given>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Given {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

macro_rules! whole_numbers {
    ($($of:ty),*) => {$(
        impl From<$of> for Given {
            fn from(number: $of) -> Self {
                Self::Number(number.to_string())
            }
        }
    )*};
}
whole_numbers!(
    i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

impl From<rust_decimal::Decimal> for Given {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self::Number(number.to_string())
    }
}

impl<V: Into<Given>> From<Vec<V>> for Given {
    fn from(values: Vec<V>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl<V: Into<Given>> From<Option<V>> for Given {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl From<Subject> for Given {
    fn from(members: Subject) -> Self {
        Self::Map(members.values)
    }
}

/// An input that a scheme asks for, as data readers need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputField {
    /// The name that data uses: its key, or its name.
    pub key: String,
    /// Its name in the scheme, which data may use as well.
    pub name: String,
    /// Its label, which may head a column.
    pub label: Option<String>,
    /// Whether it is a parameter: one value for all subjects, given with the run or in the row.
    pub parameter: bool,
    /// What it holds.
    pub shape: FieldShape,
}

/// What an input holds.
///
/// ```
/// use assize::input::FieldShape;
///
/// let text = r#"
/// scheme shop {
///     input months : list of { month : count, score : points 0..100 } in order by month
///     result mean = mean of months.score
/// }
/// "#;
/// let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
/// let FieldShape::List(row) = &scheme.inputs()[0].shape else { panic!("it is a list") };
/// let FieldShape::Group(members) = row.as_ref() else { panic!("of rows") };
/// let keys: Vec<&str> = members.iter().map(|member| member.key.as_str()).collect();
/// assert_eq!(keys, ["month", "score"]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldShape {
    /// One value.
    One(FieldType),
    /// Several of one shape: figures ([`FieldShape::One`]), rows ([`FieldShape::Group`] or
    /// [`FieldShape::OneOf`]), or lists. One plain value stands for a list of one.
    List(Box<FieldShape>),
    /// One figure for each key. A key's text is its name, the second its label.
    Map {
        /// Keys: name (or label where there is no name), and label.
        keys: Vec<(String, Option<String>)>,
        /// The type of each value.
        value: FieldType,
        /// Whether the figures may be given as a list, in the order of the keys.
        in_order: bool,
    },
    /// One figure for each name that data gives.
    Named(FieldType),
    /// Members, each an input of its own.
    Group(Vec<InputField>),
    /// Alternatives, which stand in data directly under their own keys, not under this one.
    Either(Vec<InputField>),
    /// Members that depend on the kind.
    OneOf {
        /// The member that says which kind; an option of the kinds.
        tag: Box<InputField>,
        /// The members of each kind, in the order of the tag's options.
        kinds: Vec<Vec<InputField>>,
    },
}

/// The type of one value, for templates and schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Whole, not negative.
    Count,
    /// Any figure, marks, or a share.
    Figure,
    /// An amount in yuan.
    Money,
    /// Yes or no.
    Flag,
    /// Words.
    Text,
    /// A day: `2024-05-01`.
    Date,
    /// A day and a time of day: `2024-05-01T08:00:00`.
    Time,
    /// How long: `90 minutes`, `2 hours 30 minutes`.
    Duration,
    /// One of these options: name (or label), and label.
    Option(Vec<(String, Option<String>)>),
}
