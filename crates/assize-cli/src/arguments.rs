//! What can be written after `assize`: verbs, flags and their help, in English with the Chinese
//! term beside it where that helps.
//!
//! Nothing depends on the environment's locale: the language of messages is English unless
//! `--lang` says otherwise. What a flag does stands with its verb.

use std::path::PathBuf;

use assize::diagnostic::Severity;
use assize::syntax::Keywords;
use assize::text::Language;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::failure::Failure;
use crate::read::{Encoding, InputFormat};
use crate::report::{Colour, Format, TrialFormat};
use crate::write::{Headings, OutputFormat};

/// Check, format, test, score, explain and compare assessment schemes (考评方案).
///
/// Exit codes: 0 clean, passed, all scored, equal; 1 findings, failed tests, would reformat, some
/// subject refused, different; 2 wrong use, unreadable input, invalid scheme.
#[derive(Debug, Parser)]
#[command(name = "assize", version, arg_required_else_help = true)]
pub struct Arguments {
    /// Language of messages and labels (消息语言)
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "en",
        value_name = "LANGUAGE"
    )]
    pub lang: Lang,
    /// Colours; `auto` means on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "WHEN"
    )]
    pub color: ColorChoice,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Find what is wrong with schemes (检查)
    Check(CheckArguments),
    /// Rewrite schemes in the one layout (排版)
    Fmt(FmtArguments),
    /// Run the examples inside schemes and the case files beside them (验证算例)
    Test(TestArguments),
    /// Score every subject of a data file (评分)
    Score(ScoreArguments),
    /// Explain one subject's result, or a finding's code (说明)
    Explain(ExplainArguments),
    /// What holds for every subject: proved, refuted by an example, or undecided (证明)
    Prove(ProveArguments),
    /// When the steps of a scheme's procedures are due, and what a record of them lacks (日程)
    Schedule(ScheduleArguments),
    /// What changed in meaning from one scheme to another, and for whom (比较)
    Diff(DiffArguments),
    /// The schemes that come with the program (预置方案)
    Presets(PresetsArguments),
}

/// `check PATH…`
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, folders (every .scheme file below them), preset:SLUG, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Form of the findings
    #[arg(long, value_enum, default_value = "full", value_name = "FORMAT")]
    pub output_format: FindingsFormat,
    /// Gravity from which a finding fails the run (exit code 1)
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub fail_level: FailLevel,
    /// Show findings of these codes only; repeat, or separate by commas
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    pub select: Vec<String>,
    /// Leave out findings of these codes; repeat, or separate by commas
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    pub ignore: Vec<String>,
    #[command(flatten)]
    pub choice: ChoiceArguments,
}

/// `fmt PATH…`
#[derive(Debug, Args)]
pub struct FmtArguments {
    /// Files, folders (every .scheme file below them), or - for standard input to standard output
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; exit with 1 if a file would change
    #[arg(long)]
    pub check: bool,
    /// Write nothing; show what would change, and exit with 1 if something would
    #[arg(long)]
    pub diff: bool,
    /// Language of keywords (关键词语言); names stay as they are
    #[arg(long, value_enum, default_value = "keep", value_name = "LANGUAGE")]
    pub keywords: KeywordLanguage,
}

/// `test PATH…`
#[derive(Debug, Args)]
pub struct TestArguments {
    /// Files, folders (every .scheme file below them), or preset:SLUG
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Run only examples and cases whose name contains this text
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Form of the results
    #[arg(long, value_enum, default_value = "pretty", value_name = "FORMAT")]
    pub output_format: TrialsFormat,
    /// Take an alternative of a reading (解读) instead of its first; repeat for several
    #[arg(long, value_name = "NAME=ALTERNATIVE")]
    pub reading: Vec<String>,
    /// Instead, say which rules no example and no case makes act (覆盖), article by article
    #[arg(long, group = "instead", conflicts_with_all = ["filter", "reading"])]
    pub coverage: bool,
    /// Instead, change the scheme in one place at a time and say which changes no example and no
    /// case notices (变异).
    ///
    /// A figure moves by one step, a line is left out, from becomes above, deduct becomes add, and
    /// so on. A change that the check refuses counts as caught. Exit code 1 if one survives.
    #[arg(long, group = "instead", conflicts_with_all = ["filter", "reading"])]
    pub mutate: bool,
    /// With --mutate, make at most so many changes of each scheme, spread over its text
    #[arg(long, value_name = "N", default_value = "1000", requires = "mutate", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Instead, write examples for the edges of the scheme (边界算例), which a person must confirm.
    ///
    /// Each band, table line, floor, cap and comparison just below, on and just above its figure;
    /// each bound of each input; what may be missing; each option. They expect what the scheme
    /// gives now. Edges to which no data was found are listed behind them.
    #[arg(long, group = "instead", conflicts_with_all = ["filter", "reading", "output_format"])]
    pub generate: bool,
    /// With --generate, write to this file instead of standard output
    #[arg(long, short, value_name = "FILE", requires = "generate")]
    pub output: Option<PathBuf>,
}

/// `score SCHEME DATA`
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// A scheme file, or preset:SLUG; a folder or preset: may name several editions of one scheme
    #[arg(value_name = "SCHEME")]
    pub scheme: PathBuf,
    /// A .csv, .json, .jsonl or .xlsx file, or - with --input-format
    #[arg(value_name = "DATA")]
    pub data: PathBuf,
    #[command(flatten)]
    pub input: DataArguments,
    /// Form of the results
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    pub format: ResultsFormat,
    /// Write to this file, which appears when it is whole, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the rows of one result, as a ranking, instead of the subjects (按行输出); name or label.
    ///
    /// The result is a list, or has a value for each option or name. A line holds the subject, its
    /// period where the data has one, the key of the row if rows have keys, the entries of the row,
    /// and the status. A subject without result, refused or without rows has one line that says so.
    /// Consequences and assumptions stand in the output without --rows; so does what --explain tells.
    #[arg(long, value_name = "RESULT")]
    pub rows: Option<String>,
    /// Say of every figure how it came about (说明理由): `trace` in JSON, text under each row of a table
    #[arg(long)]
    pub explain: bool,
    /// Score although an example or a guarantee of the scheme fails (试算), to replay what breaks it
    #[arg(long)]
    pub draft: bool,
    /// Decimal places shown in table, csv and xlsx, rounded half up; JSON is always exact
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=30))]
    pub places: Option<u8>,
    /// What heads the columns of csv and xlsx, and names the sheets of rows: names that programs use, or
    /// labels (中文表头)
    #[arg(long, value_enum, default_value = "names", value_name = "KIND")]
    pub headings: HeadingKind,
    /// Begin CSV with a byte-order mark, by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
}

/// `explain SCHEME DATA --row ID`, or `explain CODE`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A scheme file or preset:SLUG; or, alone, the code of a finding such as grade-gap
    #[arg(value_name = "SCHEME|CODE")]
    pub subject: PathBuf,
    /// A .csv, .json, .jsonl or .xlsx file, or - with --input-format
    #[arg(value_name = "DATA", requires = "row")]
    pub data: Option<PathBuf>,
    /// The subject's name, or the number of its row
    #[arg(long, value_name = "ID", requires = "data")]
    pub row: Option<String>,
    /// Explain although an example or a guarantee of the scheme fails (试算)
    #[arg(long, requires = "data")]
    pub draft: bool,
    #[command(flatten)]
    pub ahead: AheadArguments,
    #[command(flatten)]
    pub input: DataArguments,
}

/// What may be asked of one subject instead of why its result is what it is; several together.
#[derive(Debug, Args)]
pub struct AheadArguments {
    /// The smallest changes of the data that reach the next better grade (离上一档还差什么)
    #[arg(long, requires = "row")]
    pub next_grade: bool,
    /// What each lost point was lost to, the most first (失分在哪里)
    #[arg(long, requires = "row")]
    pub lost_points: bool,
    /// The grades still possible while data are missing, and the range of the total (还可能得什么)
    #[arg(long, requires = "row")]
    pub possible: bool,
    /// With --next-grade: these data alone can change; repeat, or separate by commas
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "NAME",
        requires = "next_grade"
    )]
    pub may_change: Vec<String>,
    /// With --next-grade: these data cannot fall, as complaints that were made; repeat, or separate by
    /// commas
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "NAME",
        requires = "next_grade"
    )]
    pub never_less: Vec<String>,
}

impl AheadArguments {
    /// Whether anything is asked here.
    pub const fn is_asked(&self) -> bool {
        self.next_grade || self.lost_points || self.possible
    }
}

/// `prove SCHEME…`
#[derive(Debug, Args)]
pub struct ProveArguments {
    /// Files, folders (every .scheme file below them), preset:SLUG, or - for standard input
    #[arg(required = true, value_name = "SCHEME")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArguments,
    /// Form of the verdicts
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    pub format: ListFormat,
    /// How many parts of the space of subjects one search looks at before it cannot tell (力度)
    #[arg(long, value_name = "N", default_value = "2000", value_parser = clap::value_parser!(u32).range(1..))]
    pub effort: u32,
    /// Write the data of all counter-examples (反例) of one scheme to this file, a line for each
    /// subject, as `score` reads them
    #[arg(long, value_name = "FILE")]
    pub counter_examples: Option<PathBuf>,
    /// Instead, write one scheme and its guarantees (保证) for a solver to standard output
    #[arg(long, value_enum, value_name = "FORM", conflicts_with_all = ["format", "effort", "counter_examples"])]
    pub emit: Option<SolverText>,
}

/// Forms for solvers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SolverText {
    /// SMT-LIB 2, with a question for each guarantee: it holds where the answer is unsat, a grade is
    /// reachable where it is sat
    Smt2,
}

/// `schedule SCHEME --period PERIOD`
#[derive(Debug, Args)]
pub struct ScheduleArguments {
    /// A scheme file, or preset:SLUG
    #[arg(value_name = "SCHEME")]
    pub scheme: PathBuf,
    #[command(flatten)]
    pub choice: ChoiceArguments,
    /// The period of the calendar in which the acts fall (周期): 2024-05, 2024-Q2, 2024-H1 or 2024
    #[arg(long, value_name = "PERIOD")]
    pub period: String,
    /// Form of the schedule, or of what was found in a record
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    pub format: ScheduleFormat,
    /// Day or UTC time that the calendar file bears, else the first day of the period
    #[arg(long, value_name = "TIME")]
    pub stamp: Option<String>,
    /// A record of what was done (完成记录) to hold against the procedures: .csv, .json, .jsonl, .xlsx.
    ///
    /// One row for each act, with the columns step 步骤, done 完成日期, by 经办, and one for each
    /// required field and deliverable, by key, name or label; a column period 周期 says for which
    /// period an act counts where its day does not. Exit code 1 if something is missing, early,
    /// late, out of order, done by somebody else, or incomplete.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Form of the record, where the file's name does not tell it
    #[arg(long, value_enum, value_name = "FORMAT", requires = "record")]
    pub input_format: Option<DataFormat>,
    /// Encoding of a record in CSV
    #[arg(
        long,
        value_enum,
        default_value = "utf-8",
        value_name = "ENCODING",
        requires = "record"
    )]
    pub encoding: CsvEncoding,
    /// Sheet of a workbook, else its first visible one
    #[arg(long, value_name = "NAME", requires = "record")]
    pub sheet: Option<String>,
    /// Row of the headings of the record, counted from 1
    #[arg(long, value_name = "N", default_value = "1", requires = "record", value_parser = clap::value_parser!(u32).range(1..))]
    pub header_row: u32,
}

/// `diff OLD NEW`
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The scheme as it was: a file, or preset:SLUG
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The scheme as it is to be
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Subjects that both schemes score (用同一批数据对比): .csv, .json, .jsonl, .xlsx, or - with
    /// --input-format.
    ///
    /// Shows whose results differ, old and new side by side, who is refused and no longer refused,
    /// and the money that moves. What only one of the schemes knows of the flags below and of the
    /// columns is used for that one.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub input: DataArguments,
    /// Form of the comparison
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    pub format: ListFormat,
}

/// Forms of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScheduleFormat {
    /// Aligned, for a terminal
    Table,
    /// An array of objects
    Json,
    /// A calendar file (iCalendar), which has no place for steps without days
    Ics,
}

/// How data is read, and the parameters of the run.
#[derive(Clone, Debug, Args)]
pub struct DataArguments {
    /// Set a parameter that the document leaves open (参数); repeat for several
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub choice: ChoiceArguments,
    /// Form of the data, where the file's name does not tell it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<DataFormat>,
    /// Encoding of CSV
    #[arg(long, value_enum, default_value = "utf-8", value_name = "ENCODING")]
    pub encoding: CsvEncoding,
    /// Sheet of a workbook, else its first visible one
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Rows of a list (列表) in a table of their own, matched by the subject; repeat for several.
    ///
    /// NAME is the list, as `outlets`, or `outlets.emails` for a list in the rows of another. FILE
    /// is read once, whole, and held in memory; its rows keep their order. A subject without rows
    /// has an empty list. Rows may name the period too, in a column `period`. A workbook needs no
    /// flag: a sheet named as the list is read.
    #[arg(long, value_name = "NAME=FILE")]
    pub list: Vec<String>,
    /// Column of a --list that names the subject; once for all lists, or once for each.
    ///
    /// For a list in the rows of another, SUBJECT,MEMBER: MEMBER names the outer row, and other
    /// lists pass over it. Without --key these are the column that names the subject in DATA, and
    /// the first text of the outer row.
    #[arg(long, value_name = "COLUMN", requires = "list")]
    pub key: Vec<String>,
    /// Each row of DATA is a period of its subject: gather them into this list (按周期归集).
    ///
    /// All rows of a subject become one, in the order of the file. Columns that are members of the
    /// list belong to each row; the others belong to the subject and must agree. DATA is held in
    /// memory.
    #[arg(long, value_name = "LIST")]
    pub periods: Option<String>,
    /// Row of the headings of DATA, counted from 1; tables of lists have theirs in row 1
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub header_row: u32,
}

/// Which edition of a scheme, and how the document is read.
#[derive(Clone, Debug, Args)]
pub struct ChoiceArguments {
    /// Take an alternative of a reading (解读) instead of its first; repeat for several
    #[arg(long, value_name = "NAME=ALTERNATIVE")]
    pub reading: Vec<String>,
    /// Day on which the scheme is in force (施行日期), 2024-05-01; of several editions (版本) the one
    /// in force is taken. Of a --record: the day on which it stands (截至); what may still be done
    /// on it or later is not missing
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// `presets …`
#[derive(Debug, Args)]
pub struct PresetsArguments {
    #[command(subcommand)]
    pub verb: PresetsVerb,
}

/// What to do with presets.
#[derive(Debug, Subcommand)]
pub enum PresetsVerb {
    /// List them
    List {
        /// Form of the list
        #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
        format: ListFormat,
    },
    /// Print a scheme
    Show {
        /// The preset
        slug: String,
    },
    /// Write a scheme, an empty table with Chinese headings, a sample, the document and cases
    Copy {
        /// The preset
        slug: String,
        /// The folder, which is made if it does not exist
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Overwrite files that are there
        #[arg(long)]
        force: bool,
    },
}

impl ChoiceArguments {
    /// The day of `--as-of`.
    ///
    /// # Errors
    ///
    /// If it is not written as data writes a day, `2024-05-01`.
    pub fn day(&self) -> Result<Option<NaiveDate>, Failure> {
        let Some(text) = self.as_of.as_deref().map(str::trim) else {
            return Ok(None);
        };
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(day) if day.to_string() == text => Ok(Some(day)),
            _ => Err(Failure::NotADay {
                text: text.to_owned(),
            }),
        }
    }
}

/// Makes an enum of words on the command line that stand for values of the program.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident for $of:ty { $($(#[$attribute:meta])* $word:ident => $value:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
        pub enum $name { $($(#[$attribute])* $word,)+ }

        impl From<$name> for $of {
            fn from(choice: $name) -> Self {
                match choice { $($name::$word => $value,)+ }
            }
        }
    };
}

choice! {
    /// Languages of messages.
    Lang for Language {
        /// English
        En => Self::English,
        /// 中文
        Zh => Self::Chinese,
    }
}

choice! {
    /// When to colour.
    ColorChoice for Colour {
        Auto => Self::Auto,
        Always => Self::Always,
        Never => Self::Never,
    }
}

choice! {
    /// Forms of findings.
    FindingsFormat for Format {
        /// Excerpts with the place marked, help and corrections
        Full => Self::Full,
        /// A line for each finding
        Concise => Self::Concise,
        /// One object, with the words in both languages
        Json => Self::Json,
        /// SARIF 2.1.0
        Sarif => Self::Sarif,
        /// JUnit XML
        Junit => Self::Junit,
        /// Workflow commands of GitHub Actions
        Github => Self::Github,
    }
}

choice! {
    /// Gravities at which a run fails.
    FailLevel for Severity {
        /// Errors only
        Error => Self::Error,
        /// Errors and warnings
        Warning => Self::Warning,
    }
}

choice! {
    /// Languages of keywords.
    KeywordLanguage for Keywords {
        /// English
        En => Self::English,
        /// 中文
        Zh => Self::Chinese,
        /// As each statement was written
        Keep => Self::Keep,
    }
}

choice! {
    /// Forms of test results.
    TrialsFormat for TrialFormat {
        /// For people: what failed, and the counts
        Pretty => Self::Pretty,
        /// One object
        Json => Self::Json,
        /// JUnit XML
        Junit => Self::Junit,
        /// Workflow commands of GitHub Actions
        Github => Self::Github,
    }
}

choice! {
    /// Forms of results.
    ResultsFormat for OutputFormat {
        /// The first rows, aligned, for a terminal
        Table => Self::Table,
        /// An array of result objects
        Json => Self::Json,
        /// One result object a line
        Jsonl => Self::JsonLines,
        /// A table with commas
        Csv => Self::Csv,
        /// A workbook; needs --output, or a pipe. Each result with rows has a sheet of its own, and on
        /// the first sheet a cell that would hold rows holds their number
        Xlsx => Self::Xlsx,
    }
}

choice! {
    /// Forms of data.
    DataFormat for InputFormat {
        Csv => Self::Csv,
        Json => Self::Json,
        Jsonl => Self::JsonLines,
        Xlsx => Self::Xlsx,
    }
}

choice! {
    /// Encodings of CSV.
    CsvEncoding for Encoding {
        #[value(name = "utf-8", alias = "utf8")]
        Utf8 => Self::Utf8,
        /// Also GBK and GB2312, which it contains
        #[value(alias = "gbk", alias = "gb2312")]
        Gb18030 => Self::Gb18030,
    }
}

choice! {
    /// What heads columns.
    HeadingKind for Headings {
        Names => Self::Names,
        Labels => Self::Labels,
    }
}

/// Forms of a list or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Aligned, for a terminal
    Table,
    /// For programs
    Json,
}
