//! The result whose rows are asked for, which `--rows` names.

use assize::Scheme;
use assize::outcome::ResultRows;
use assize::text::Words;

use crate::arguments::ScoreArguments;
use crate::failure::{Failure, did_you_mean};
use crate::read::nearest;
use crate::words::words;

/// Why the rows that were asked for cannot be written.
#[derive(Debug)]
pub enum RowsFault {
    /// The scheme has no result of that name.
    NoSuchResult {
        /// The name.
        name: String,
        /// The results that have rows.
        having: Having,
    },
    /// The result is neither a list nor a map.
    NoRows {
        /// The result.
        name: String,
        /// The results that have rows.
        having: Having,
    },
    /// What is explained is a subject, and a line is a row.
    Explained,
}

/// The results that have rows.
#[derive(Debug)]
pub struct Having {
    names: Vec<String>,
    /// That whose name is like the one that was asked for.
    near: Option<String>,
}

impl RowsFault {
    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NoSuchResult { name, having } => having.told(&words!(
                "--rows {name}: the scheme has no such result",
                "--rows {name}：方案没有这个结果"
            )),
            Self::NoRows { name, having } => having.told(&words!(
                "--rows {name}: this result is neither a list nor a map and has no rows",
                "--rows {name}：该结果既不是列表，也不是按选项或名称的一组值，没有行"
            )),
            Self::Explained => words!(
                "--explain tells how a subject came out, and with --rows a line is a row; write the explanations without --rows",
                "--explain 说明的是考核对象的结果，而 --rows 每行是结果中的一行；请不带 --rows 另行输出说明"
            ),
        }
    }
}

impl Having {
    fn told(&self, fault: &Words) -> Words {
        let Words { en, zh } = fault;
        let (list_en, list_zh) = (self.names.join(", "), self.names.join("、"));
        if self.names.is_empty() {
            return words!(
                "{en}; none of its results has rows",
                "{zh}；方案的结果都没有行"
            );
        }
        did_you_mean(
            words!(
                "{en}; results with rows: {list_en}",
                "{zh}；有行的结果：{list_zh}"
            ),
            self.near.as_deref(),
        )
    }
}

impl From<RowsFault> for Failure {
    fn from(fault: RowsFault) -> Self {
        Self::Rows(Box::new(fault))
    }
}

/// The result of `--rows`, by its name or its label.
///
/// # Errors
///
/// If the scheme has no such result, if it has no rows, or if rows are to be explained.
pub fn of_flags(
    arguments: &ScoreArguments,
    scheme: &Scheme,
) -> Result<Option<ResultRows>, RowsFault> {
    let Some(text) = arguments.rows.as_deref().map(str::trim) else {
        return Ok(None);
    };
    if arguments.explain {
        return Err(RowsFault::Explained);
    }
    let all = scheme.result_rows();
    let found = all.iter().find(|rows| rows.path.join(".") == text);
    let labelled = || all.iter().find(|rows| rows.label.as_deref() == Some(text));
    match found.or_else(labelled) {
        Some(rows) => Ok(Some(rows.clone())),
        None => Err(unusable(text, scheme, &all)),
    }
}

fn unusable(text: &str, scheme: &Scheme, all: &[ResultRows]) -> RowsFault {
    let names: Vec<String> = all.iter().map(|rows| rows.path.join(".")).collect();
    let labels = all.iter().filter_map(|rows| rows.label.as_deref());
    let called = names.iter().map(String::as_str).chain(labels);
    let near = nearest(text, called).map(str::to_owned);
    let name = text.to_owned();
    let having = Having { names, near };
    let is_result = scheme.results().iter().any(|column| {
        let first = column.path.first().map(String::as_str);
        column.path.join(".") == text
            || first == Some(text)
            || column.label.as_deref() == Some(text)
    });
    if is_result {
        RowsFault::NoRows { name, having }
    } else {
        RowsFault::NoSuchResult { name, having }
    }
}
