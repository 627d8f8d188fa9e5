//! Why a run ends with exit code 2: wrong use, input that cannot be read, a scheme that cannot be
//! used, output that cannot be written.
//!
//! What is wrong with one subject is not here: it comes out as that subject's result.

use std::io;

use assize::outcome::Refusal;
use assize::procedure::{NotAPeriod, OutOfCalendar};
use assize::syntax::FormatError;
use assize::text::Words;

use crate::lists::ListFault;
use crate::read::{HeadingFault, ReadError};
use crate::readings::ReadingFault;
use crate::rows::RowsFault;
use crate::schemes::EditionFault;
use crate::system::reason;
use crate::words::words;
use crate::write::WriteError;

/// Why a run ends with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub enum Failure {
    /// Data cannot be read.
    #[error(transparent)]
    Data(#[from] ReadError),
    /// Results cannot be written.
    #[error(transparent)]
    Results(#[from] WriteError),
    /// Standard output cannot be written.
    Output(#[from] io::Error),
    /// A name of `--may-change` or `--never-less` that the scheme does not ask for.
    NothingToChange {
        /// The name.
        name: String,
        /// One like it.
        near: Option<String>,
    },
    /// A file cannot be read.
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file is not text.
    NotUtf8 {
        /// The file.
        path: String,
        /// Bytes before the first that is wrong.
        offset: usize,
    },
    /// There is no preset of that name.
    NoSuchPreset {
        /// The name.
        slug: String,
        /// One like it.
        near: Option<&'static str>,
    },
    /// A folder holds no scheme.
    NoSchemes {
        /// The folder.
        folder: String,
    },
    /// A folder holds several schemes where one is asked for.
    SeveralSchemes {
        /// The folder.
        folder: String,
        /// How many.
        count: usize,
    },
    /// A flag is about one scheme, and several are given.
    OneSchemeOnly {
        /// The flag.
        flag: &'static str,
        /// How many.
        count: usize,
    },
    /// A preset cannot be rewritten.
    PresetNotAFile {
        /// As it was given.
        name: String,
    },
    /// A report has no such form.
    NoSuchForm {
        /// What was asked for: `--mutate`.
        flag: &'static str,
    },
    /// Standard input was asked for twice.
    StandardInputTwice,
    /// A workbook would go to a terminal.
    WorkbookOnTerminal,
    /// A scheme has errors, which were shown.
    InvalidScheme {
        /// The scheme, as it was given.
        name: String,
        /// How many errors.
        errors: usize,
    },
    /// Schemes have errors, which were shown.
    InvalidSchemes {
        /// How many.
        count: usize,
    },
    /// A parameter cannot be used.
    Parameter(Refusal),
    /// A setting is not `NAME=VALUE`.
    NotASetting {
        /// As it was written.
        text: String,
    },
    /// One parameter was set twice.
    SetTwice {
        /// The parameter.
        name: String,
    },
    /// The name of a setting is not one parameter.
    SettingUnclear(Box<HeadingFault>),
    /// The flags for lists cannot be followed.
    List(Box<ListFault>),
    /// The result of `--rows` cannot be written as rows.
    Rows(Box<RowsFault>),
    /// The readings that were chosen cannot be taken.
    Reading(Box<ReadingFault>),
    /// No edition can be taken.
    Edition(Box<EditionFault>),
    /// There is no finding of that code.
    NoSuchCode {
        /// The code.
        name: String,
        /// One like it.
        near: Option<&'static str>,
    },
    /// There is no subject or row of that name.
    NoSuchRow {
        /// As it was given.
        row: String,
        /// How many rows were read.
        read: u64,
        /// A subject like it.
        near: Option<String>,
    },
    /// A line of a case file is not a case.
    NotACase {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What the JSON parser says, in English.
        fault: serde_json::Error,
    },
    /// A period of the calendar is not written as one.
    NotAPeriod {
        /// As it was written.
        text: String,
    },
    /// The stamp of a calendar file is neither a day nor a time.
    NotAStamp {
        /// As it was written.
        text: String,
    },
    /// The day of --as-of is none.
    NotADay {
        /// As it was written.
        text: String,
    },
    /// Findings would go into a calendar file.
    FindingsAsCalendar,
    /// A window lies outside the calendar.
    OutOfCalendar(#[from] OutOfCalendar),
    /// A text cannot be laid out.
    Format {
        /// The file.
        path: String,
        /// Why.
        error: FormatError,
    },
    /// A scheme holds something that has no term for a solver.
    Inexpressible {
        /// The scheme, as it was given.
        name: String,
        /// The line in which it stands.
        line: String,
        /// What it is.
        what: Words,
    },
    /// A folder cannot be made.
    Folder {
        /// The folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// Files are there already.
    Exists {
        /// The files.
        paths: Vec<String>,
    },
}

impl Failure {
    /// Whether nobody reads the output any more, which is no news to anybody.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Results(error) => error.is_closed_pipe(),
            Self::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }

    /// The failure in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Data(error) => error.words(),
            Self::Results(error) => error.words(),
            Self::Output(source) => {
                let Words { en, zh } = reason(source);
                words!("cannot write: {en}", "写入失败：{zh}")
            }
            Self::Unreadable { path, source } => {
                let Words { en, zh } = reason(source);
                words!("cannot read {path}: {en}", "无法读取 {path}：{zh}")
            }
            Self::NotUtf8 { path, offset } => words!(
                "{path} is not UTF-8 text (byte {offset}); save it as UTF-8",
                "{path} 不是 UTF-8 文本（第 {offset} 字节处）；请另存为 UTF-8"
            ),
            Self::NoSuchPreset { slug, near } => did_you_mean(
                words!(
                    "there is no preset `{slug}`; `assize presets list` shows them all",
                    "没有预置方案“{slug}”；可用 assize presets list 查看全部"
                ),
                *near,
            ),
            Self::NoSchemes { folder } => words!(
                "there is no .scheme file below {folder}",
                "{folder} 下没有 .scheme 文件"
            ),
            Self::SeveralSchemes { folder, count } => words!(
                "there are {count} .scheme files below {folder}; name one of them",
                "{folder} 下有 {count} 个 .scheme 文件，请指明其中一个"
            ),
            Self::OneSchemeOnly { flag, count } => words!(
                "{flag} is for one scheme, and {count} are given; name one of them",
                "{flag} 只用于一个方案，而给出了 {count} 个；请指明其中一个"
            ),
            Self::PresetNotAFile { name } => words!(
                "{name} is part of the program and cannot be rewritten; copy it with `assize presets copy`",
                "{name} 是程序自带的方案，不能改写；请先用 assize presets copy 复制"
            ),
            Self::NoSuchForm { flag } => words!(
                "{flag} has no such form of results; write --output-format pretty or json",
                "{flag} 没有这种输出格式；请用 --output-format pretty 或 json"
            ),
            Self::StandardInputTwice => words!(
                "standard input (-) can be read once only",
                "标准输入（-）只能读取一次"
            ),
            Self::WorkbookOnTerminal => words!(
                "a workbook cannot be shown on a terminal; write --output FILE.xlsx",
                "工作簿不能显示在终端上；请加 --output 文件名.xlsx"
            ),
            Self::InvalidScheme { name, errors } => words!(
                "{name} cannot be used until the errors above are mended ({errors} found)",
                "{name} 有 {errors} 个错误（见上），改正后才能使用"
            ),
            Self::InvalidSchemes { count } => words!(
                "schemes that cannot be used: {count}; see above",
                "有 {count} 个方案不能使用，见上"
            ),
            Self::Parameter(refusal) => {
                let Refusal { field, message, .. } = refusal;
                let Words { en, zh } = message;
                words!("--set {field}: {en}", "--set {field}：{zh}")
            }
            Self::NotASetting { text } => words!(
                "--set {text}: write --set NAME=VALUE",
                "--set {text}：请写成 --set 参数=值"
            ),
            Self::SetTwice { name } => words!(
                "--set {name} is given twice; keep one",
                "--set {name} 给出了两次，请只保留一个"
            ),
            Self::SettingUnclear(fault) => {
                let Words { en, zh } = fault.words();
                words!("--set: {en}", "--set：{zh}")
            }
            Self::List(fault) => fault.words(),
            Self::Rows(fault) => fault.words(),
            Self::Reading(fault) => fault.words(),
            Self::Edition(fault) => fault.words(),
            Self::NoSuchCode { name, near } => did_you_mean(
                words!(
                    "no finding has the code `{name}`; a result is explained by `assize explain SCHEME DATA --row ID`",
                    "没有代码为“{name}”的检查项；说明评分结果请用 assize explain SCHEME DATA --row ID"
                ),
                *near,
            ),
            Self::NoSuchRow { row, read, near } => did_you_mean(
                words!(
                    "none of the {read} rows is `{row}`; give the subject's name or the number of its row",
                    "共 {read} 行，没有“{row}”；请给出考核对象的名称或行号"
                ),
                near.as_deref(),
            ),
            Self::NothingToChange { name, near } => did_you_mean(
                words!(
                    "`{name}` is no figure, answer or option that the scheme asks for",
                    "“{name}”不是本方案要填的数、是否项或选项"
                ),
                near.as_deref(),
            ),
            Self::NotACase { path, line, fault } => words!(
                "{path}, line {line}: not a case, {{\"id\": …, \"input\": {{…}}, \"expect\": {{\"status\": …}}}}: {fault}",
                "{path} 第 {line} 行：不是用例，应为 {{\"id\": …, \"input\": {{…}}, \"expect\": {{\"status\": …}}}}：{fault}"
            ),
            Self::NotAPeriod { text } => {
                let Words { en, zh } = NotAPeriod.words();
                words!("--period {text}: {en}", "--period {text}：{zh}")
            }
            Self::NotAStamp { text } => words!(
                "--stamp {text}: write a day or a UTC time, such as 2024-05-01 or 2024-05-01T08:00:00",
                "--stamp {text}：请写日期或 UTC 时刻，例如 2024-05-01 或 2024-05-01T08:00:00"
            ),
            Self::NotADay { text } => words!(
                "--as-of {text}: write a day, such as 2024-05-01",
                "--as-of {text}：请写日期，例如 2024-05-01"
            ),
            Self::FindingsAsCalendar => words!(
                "what is found in a record has no place in a calendar file; write --format table or json",
                "核对记录的结果不能写成日历文件；请用 --format table 或 json"
            ),
            Self::OutOfCalendar(error) => error.words(),
            Self::Format { path, error } => {
                let Words { en, zh } = error.words();
                words!("{path}: {en}", "{path}：{zh}")
            }
            Self::Inexpressible { name, line, what } => {
                let Words { en, zh } = what;
                words!(
                    "{name} cannot be written as SMT-LIB 2: {en}, in `{line}`",
                    "{name} 无法写成 SMT-LIB 2：其中有{zh}，见“{line}”"
                )
            }
            Self::Folder { path, source } => {
                let Words { en, zh } = reason(source);
                words!(
                    "cannot make the folder {path}: {en}",
                    "无法创建文件夹 {path}：{zh}"
                )
            }
            Self::Exists { paths } => {
                let (list_en, list_zh) = (paths.join(", "), paths.join("、"));
                words!(
                    "already there: {list_en}; nothing was written. Write --force to overwrite",
                    "已存在：{list_zh}；未写入任何文件。如需覆盖，请加 --force"
                )
            }
        }
    }
}

/// The words, and the name that is nearest to one that is unknown.
#[must_use]
pub fn did_you_mean(words: Words, near: Option<&str>) -> Words {
    let Words { en, zh } = words;
    match near {
        Some(near) => words!("{en}. Did you mean `{near}`?", "{zh}。是否应为“{near}”？"),
        None => Words { en, zh },
    }
}
