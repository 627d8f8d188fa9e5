//! Why rows of a list cannot be put where they belong: the subject that owns them is refused.

use assize::outcome::Fault;
use assize::text::Words;

use crate::words::words;

/// Why rows of a list cannot be put where they belong. `field` is the list, unless it says
/// otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListRowFault {
    /// A subject without a name, which the rows of a list need.
    SubjectUnnamed {
        /// The list.
        field: String,
    },
    /// A subject that stands in several rows, so that it cannot be told which of them owns the
    /// rows of a list.
    SubjectTwice {
        /// The list.
        field: String,
        /// The subject.
        name: String,
    },
    /// A list that stands in the row, and in a table of its own as well.
    ListTwice {
        /// The list.
        field: String,
        /// The file of its table.
        file: String,
    },
    /// Rows of a list whose subject is not among the data.
    RowsOfNobody {
        /// The list.
        field: String,
        /// The file of the data.
        data: String,
        /// A subject like it.
        near: Option<String>,
    },
    /// Rows of an inner list whose outer row is not there.
    NoSuchOuter {
        /// The inner list.
        field: String,
        /// The outer row, as it is called.
        name: String,
        /// The outer list.
        outer: String,
    },
    /// Rows of an inner list whose outer row is there more than once.
    OuterTwice {
        /// The inner list.
        field: String,
        /// The outer row, as it is called.
        name: String,
        /// The outer list.
        outer: String,
    },
    /// An input of the subject itself that differs between its rows.
    PeriodsDiffer {
        /// The input.
        field: String,
    },
}

impl ListRowFault {
    /// The input at fault.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::SubjectUnnamed { field }
            | Self::SubjectTwice { field, .. }
            | Self::ListTwice { field, .. }
            | Self::RowsOfNobody { field, .. }
            | Self::NoSuchOuter { field, .. }
            | Self::OuterTwice { field, .. }
            | Self::PeriodsDiffer { field } => field,
        }
    }

    /// The kind of fault, as the result names it.
    #[must_use]
    pub const fn code(&self) -> Fault {
        match self {
            Self::SubjectTwice { .. }
            | Self::ListTwice { .. }
            | Self::OuterTwice { .. }
            | Self::PeriodsDiffer { .. } => Fault::Conflict,
            Self::SubjectUnnamed { .. } => Fault::Missing,
            Self::RowsOfNobody { .. } | Self::NoSuchOuter { .. } => Fault::Domain,
        }
    }

    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::SubjectUnnamed { field } => words!(
                "this row does not name its subject, and the rows of `{field}` are found by that name",
                "本行没有写明考核对象，而“{field}”的各行要按考核对象归属"
            ),
            Self::SubjectTwice { field, name } => words!(
                "`{name}` stands in several rows, and it cannot be told which of them the rows of `{field}` belong to; keep one row, or give both tables a column `period`",
                "“{name}”在数据中有多行，无法判断“{field}”的各行属于哪一行；请只保留一行，或在两个表中都加上“周期”一列"
            ),
            Self::ListTwice { field, file } => words!(
                "`{field}` stands in this row and in {file}; keep one",
                "“{field}”在本行和 {file} 中都有，请只保留一处"
            ),
            Self::RowsOfNobody { field, data, near } => match near {
                Some(near) => words!(
                    "these rows of `{field}` belong to a subject that {data} does not have; did you mean `{near}`?",
                    "“{field}”的这些行所属的考核对象不在 {data} 中；是否应为“{near}”？"
                ),
                None => words!(
                    "these rows of `{field}` belong to a subject, or to a period of it, that {data} does not have",
                    "“{field}”的这些行所属的考核对象（或其周期）不在 {data} 中"
                ),
            },
            Self::NoSuchOuter { field, name, outer } => words!(
                "rows of `{field}` belong to `{name}`, which is none of the `{outer}` of this subject",
                "“{field}”有若干行属于“{name}”，而该考核对象的“{outer}”中没有它"
            ),
            Self::OuterTwice { field, name, outer } => words!(
                "rows of `{field}` belong to `{name}`, which stands more than once among the `{outer}` of this subject",
                "“{field}”有若干行属于“{name}”，而它在该考核对象的“{outer}”中不止一个"
            ),
            Self::PeriodsDiffer { field } => words!(
                "`{field}` is one figure of the subject, and its rows give different ones; write the same in each, or fill in one row only",
                "“{field}”是考核对象本身的一项数据，而各行填的不一致；请填成一致，或只填一行"
            ),
        }
    }
}
