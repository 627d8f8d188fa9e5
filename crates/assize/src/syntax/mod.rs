//! What was written: every construct of a scheme with its place and its comments, and holes where
//! the text made no sense.
//!
//! Nothing is resolved here: a [`Path`] is letters, a [`Quantity`] is digits. Statements nest in
//! [`Block`]s; expressions lie in one arena ([`Tree::exprs`]) and refer to each other by index, so
//! that no hostile nesting can exhaust the stack. Both keyword languages, and every spelling an
//! input method produces, give the same tree.
//!
//! A statement that was read only in part is a [`Kind::Hole`]: without its condition, a deduction
//! would hit everybody.

mod braces;
mod findings;
mod from_text;
mod inside;
pub(crate) mod mistakes;
mod same_meaning;
mod scan;
mod statements;
mod to_text;
pub(crate) mod words;

pub use same_meaning::{Difference, first_difference, same_meaning};
pub use to_text::{FormatError, Keywords, format, format_checked};

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Limits, Span};

/// What a text says, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree; what could not be read is a [`Kind::Hole`] in it.
    pub tree: Tree,
    /// The findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a scheme text. It never fails: what makes no sense becomes holes, each with its finding.
///
/// ```
/// use assize::syntax::parse;
/// use assize::text::Limits;
///
/// let parsed = parse("scheme s {\n    item a out of 10 { start at 10 }\n}\n", &Limits::default());
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.tree.scheme.slug.text, "s");
/// ```
#[must_use]
pub fn parse(text: &str, limits: &Limits) -> Parsed {
    from_text::parse(text, limits)
}

/// Every kind of mistake that reading a text can find.
#[must_use]
pub fn codes() -> &'static [&'static Code] {
    mistakes::CODES
}

#[cfg(test)]
mod tests;

/// A scheme text as a tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The scheme itself.
    pub scheme: SchemeBlock,
    /// Every expression of the text.
    pub exprs: Vec<Expr>,
    /// Comments before `scheme`.
    pub before: Vec<Comment>,
    /// Comments after the scheme's closing brace.
    pub after: Vec<Comment>,
}

/// `scheme welfare-service-502030 "客户满意度工作考评管理办法" { … }`
#[derive(Clone, Debug)]
pub struct SchemeBlock {
    /// The slug that other schemes and commands use.
    pub slug: Name,
    /// The title.
    pub label: Option<Quoted>,
    /// The statements.
    pub body: Block,
    /// A comment on the line of its opening brace.
    pub beside: Option<Comment>,
}

/// The index of an expression in [`Tree::exprs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// A comment: the text after `#` without the blanks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The words.
    pub text: String,
    /// From `#` to the end of the words.
    pub span: Span,
    /// Whether an empty line stands before it.
    pub blank_before: bool,
}

/// A word that names something, in Unicode normal form C.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The letters.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Names joined by points: `deductions.staff_conduct`. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The names from the outermost inwards.
    pub names: Vec<Name>,
}

/// Text in quotes: a label, an article, a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quoted {
    /// The text between the quotes.
    pub text: String,
    /// The quotes and what is between them.
    pub span: Span,
    /// Whether it stood in 《》, as titles of documents do.
    pub title: bool,
}

/// What something is called: `已检查 key inspected "当月是否检查"`. At least a name or a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Naming {
    /// The name used in the scheme.
    pub name: Option<Name>,
    /// The name that data uses, where it differs (`key`, 代码).
    pub key: Option<Name>,
    /// The label shown to people.
    pub label: Option<Quoted>,
}

/// Statements between braces.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// In written order.
    pub statements: Vec<Statement>,
    /// Comments after the last statement.
    pub comments: Vec<Comment>,
    /// Both braces and what is between them.
    pub span: Span,
}

/// One statement with what surrounds it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it says.
    pub kind: Kind,
    /// `cite "六、4" says "…"`.
    pub cite: Option<Cite>,
    /// `assumed "…"`: what is not in the document.
    pub assumed: Option<Quoted>,
    /// From its first word to its last, without comments; for a block, to its closing brace.
    pub span: Span,
    /// The head of a block, without the braces; for other statements, the same as `span`.
    pub head: Span,
    /// Comments on lines of their own before it.
    pub before: Vec<Comment>,
    /// A comment on its last line; where it has braces, on the line of its opening brace.
    pub beside: Option<Comment>,
    /// A comment behind its closing brace.
    pub behind: Option<Comment>,
    /// Whether an empty line stands before it (and before its comments).
    pub blank_before: bool,
}

/// The article of the document that a statement implements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cite {
    /// The article as the document numbers it: `六、4`.
    pub article: Quoted,
    /// The words of the article.
    pub says: Option<Quoted>,
}

/// What a statement says.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Text that could not be read, or only in part. A diagnostic says why.
    Hole(Hole),

    // About the scheme.
    /// `source 《…》`
    Source(Quoted),
    /// `effective from 2023-02-01 until 2024-01-31`
    Effective {
        /// The first day.
        from: Date,
        /// The last day.
        until: Option<Date>,
    },
    /// `assesses unit "各单位" every month`
    Assesses {
        /// What is assessed; its name and label head the column of subjects.
        subject: Naming,
        /// How often.
        every: Option<Period>,
    },
    /// `out of 100`: the full marks of the scheme.
    OutOf(Quantity),
    /// `choice level best first { 优秀, 合格, 不合格 }`
    Choice(Choice),

    // What is asked.
    /// `input late : count = 0`, or `parameter limit : number 0..`
    Input(Input),
    /// `refuse range replied when replied > received`
    Refuse {
        /// `missing`, `type`, `range`, `domain`, `division_by_zero` or `conflict`.
        code: Name,
        /// The input that is refused.
        field: Path,
        /// A label for people.
        label: Option<Quoted>,
        /// When.
        when: ExprId,
    },
    /// `no result not_inspected "不出具考评意见" when not inspected`
    NoResult {
        /// The reason that data shows.
        reason: Name,
        /// The reason that people read.
        label: Option<Quoted>,
        /// When.
        when: ExprId,
    },

    // What is computed.
    /// `let raw = 50 + sum of additions`
    Let {
        /// Its name.
        naming: Naming,
        /// Its value.
        value: ExprId,
    },
    /// `let five by scale { A => …  B => … }`: a table in place.
    LetTable {
        /// Its name.
        naming: Naming,
        /// What is looked up.
        by: ExprId,
        /// The lines.
        body: TableBody,
    },
    /// `let score per category { service_quality => …  safety => … }`: a figure for each key.
    LetMap {
        /// Its name.
        naming: Naming,
        /// The choice whose options are the keys.
        keys: Name,
        /// [`Kind::Row`]s whose test is [`Test::Is`] or [`Test::Otherwise`].
        rows: Block,
    },
    /// `each m in months { let below = score < 80 … }`: lines for every element of a list, or
    /// every option of a choice.
    Each {
        /// What one of them is called inside.
        binder: Name,
        /// The list or choice.
        over: ExprId,
        /// [`Kind::Let`], [`Kind::LetTable`], [`Kind::Run`], [`Kind::Carry`],
        /// [`Kind::Consequence`], [`Kind::Require`], [`Kind::Refuse`], [`Kind::Result`] and
        /// [`Kind::Each`].
        body: Block,
    },
    /// `run low of below_target restarts after 3`: how often in a row the condition has held.
    Run {
        /// Its name.
        naming: Naming,
        /// The condition.
        of: ExprId,
        /// `restarts after 3`
        restarts: Option<Quantity>,
        /// What a row that is left out does, where rows are in order by a number.
        gaps: Option<Gaps>,
    },
    /// `carry balance : money = 0 yuan becomes balance + earned - paid`
    Carry {
        /// Its name: what the row before handed over.
        naming: Naming,
        /// Its type.
        of: BaseType,
        /// What the first row finds.
        first: ExprId,
        /// What the next row finds.
        becomes: ExprId,
    },
    /// `reading reply_formula "公式" { corrected => …  as_written => … }`: the first alternative
    /// holds unless another is chosen by name.
    Reading {
        /// Its name and label.
        naming: Naming,
        /// The alternatives.
        alternatives: Vec<Alternative>,
        /// Comments after the last alternative.
        comments: Vec<Comment>,
    },
    /// `item standards "服务工作标准执行情况" out of 50 { … }`
    Item(Scored),
    /// `group inspection { 40% of mystery … }`
    Group(Scored),
    /// `total "综合得分" { deduct complaint_deduction }`: acts on the sum of items and groups.
    /// Its label is what people read instead of “total” or 总分.
    Total {
        /// What people call it.
        label: Option<Quoted>,
        /// The lines.
        body: Block,
    },
    /// `table band by score { from 9 => 表现出色 … }`
    Table {
        /// Its name.
        naming: Naming,
        /// The keys, where the table names them: `by score`, `by kind, years`.
        by: Vec<ExprId>,
        /// The lines.
        body: TableBody,
    },
    /// `grade "等次" by total { from 95 => 优秀 … }`
    Grade {
        /// Its name (`grade` if it has none) and label.
        naming: Naming,
        /// The figure that is graded.
        by: ExprId,
        /// The lines, or the name of a table (`using band`).
        lines: GradeLines,
    },
    /// `consequence fine_manager amount 2000 yuan to "销售经理" when low = 3`
    Consequence {
        /// Its name and label.
        naming: Naming,
        /// How much.
        amount: Option<ExprId>,
        /// Whom it meets.
        to: Option<Quoted>,
        /// When it fires.
        when: ExprId,
    },
    /// `require complaint_without_reply : every complaint has replied`
    Require {
        /// Its name, under which a failure is listed.
        naming: Naming,
        /// What is required; without it, the input of that name.
        condition: Option<ExprId>,
    },
    /// `result rate = a / b otherwise no value`
    Result {
        /// The name under which it comes out.
        naming: Naming,
        /// What comes out.
        shape: ResultShape,
    },

    // Lines of an item, group or total.
    /// A line that acts on the running value.
    Line {
        /// What it does.
        line: Line,
        /// On what condition.
        when: Option<ExprId>,
    },
    /// `missing => weigh the rest equally`
    Missing {
        /// Which members are missing.
        pattern: MissingPattern,
        /// What happens then.
        then: MissingThen,
    },
    /// `applies when kind = 综合网点`
    Applies(ExprId),
    /// `covers 60 of 100 "文本残缺"`
    Covers {
        /// The weight that the scheme holds.
        part: Quantity,
        /// The weight that the document gives.
        whole: Quantity,
        /// Why the rest is not there.
        label: Option<Quoted>,
    },
    /// `40% of mystery`
    Weight {
        /// How much it weighs.
        weight: Quantity,
        /// What is weighed.
        member: Path,
    },

    // Lines of a table or grade.
    /// `from 95 => 优秀`
    Row {
        /// When the line holds.
        test: Test,
        /// What it gives.
        outcome: ExprId,
    },
    /// `when major_complaints >= 1 => no better than 合格 "一票否决"`
    Adjust {
        /// When the line acts.
        when: ExprId,
        /// What it does to the grade.
        what: Adjustment,
        /// A label for people.
        label: Option<Quoted>,
    },

    // What has no numbers.
    /// `extends bank-outlet-service`: holds what that scheme holds, less what is written anew.
    Extends(Name),
    /// `edition of construction-customer-service`: one of several, told apart by their days.
    EditionOf(Name),
    /// `indicator response_speed "响应速度" from "问卷", by "客户", higher is better`
    Indicator(Indicator),
    /// `procedure monthly "每月评分" every month { step … }`
    Procedure {
        /// Its name and label.
        naming: Naming,
        /// How often it is gone through.
        every: Option<Period>,
        /// [`Kind::ProcedureStep`]s.
        body: Block,
    },
    /// `step collect-forms "收集评分表" on day 25..30 by "班组长" requires form, signature`
    ProcedureStep(Box<ProcedureStep>),

    // What is claimed.
    /// `guarantee total in 4..100`
    Guarantee(Guarantee),
    /// `example "一处问题" { given … expect … }`
    Example {
        /// What it shows.
        label: Option<Quoted>,
        /// `given` and `expect` lines.
        body: Block,
    },
    /// `given inspected = yes, issues_found = 1`
    Given(Vec<Assignment>),
    /// `expect total = 89, grade = 不合格`
    Expect(Expectation),
}

/// One alternative of a reading.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Its name and label.
    pub naming: Naming,
    /// What it stands for.
    pub holds: Held,
    /// Its own article, where it rests on another one than its reading.
    pub cite: Option<Cite>,
    /// What it assumes, and the other alternatives do not.
    pub assumed: Option<Quoted>,
    /// Comments on lines of their own before it.
    pub before: Vec<Comment>,
    /// A comment behind it on its line.
    pub beside: Option<Comment>,
}

/// What an alternative of a reading holds.
#[derive(Clone, Debug)]
pub enum Held {
    /// `corrected => replied / received * 100`
    Value(ExprId),
    /// `line { deduct 5 when late }`: statements that stand where the reading stands.
    Lines(Block),
}

/// Something that is observed and never scored.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its name and label.
    pub naming: Naming,
    /// `from "问卷调查"`: where its figures come from.
    pub from: Vec<Quoted>,
    /// `by "客户", "员工"`: who assesses it.
    pub by: Vec<Quoted>,
    /// `higher is better`
    pub better: Option<Better>,
    /// `on 满意度`, `on points 1..10`: its levels.
    pub on: Option<IndicatorScale>,
    /// Its aspects, each a [`Kind::Indicator`] written without the word `indicator`.
    pub aspects: Option<Block>,
}

/// On what an indicator is assessed.
#[derive(Clone, Debug)]
pub enum IndicatorScale {
    /// `on level`: the choice whose options are its levels.
    Choice(Name),
    /// `on points 1..10`: from the first to the second, both included.
    Points(Quantity, Quantity),
}

/// One step of a procedure.
#[derive(Clone, Debug)]
pub struct ProcedureStep {
    /// Its name, which may hold hyphens, and its label.
    pub slug: Name,
    /// What people read.
    pub label: Option<Quoted>,
    /// How often, where it differs from the procedure.
    pub every: Option<Period>,
    /// `every month 3 times`: how often in each of them, where it is not once.
    pub times: Option<Quantity>,
    /// `as needed`: nothing is missing where it is not done.
    pub as_needed: bool,
    /// When.
    pub window: Option<Window>,
    /// `by "班组长"`: who.
    pub by: Vec<Quoted>,
    /// `after collect-forms`: which steps come first.
    pub after: Vec<Name>,
    /// `requires form "评分表", signature`: what the record must hold.
    pub requires: Vec<Naming>,
    /// `gives report "整改报告"`: what comes of it.
    pub gives: Vec<Naming>,
    /// `kept for 3 years`: how long the record is kept.
    pub kept: Option<Quantity>,
}

/// When a step is due.
#[derive(Clone, Debug)]
pub enum Window {
    /// `on day 25..30`, `on day 25`; in the last month of a longer period with
    /// `of the last month`.
    Days {
        /// The first day.
        from: Quantity,
        /// The last day, which is the month's last day where the month is shorter.
        to: Option<Quantity>,
        /// Whether the days are those of the period's last month.
        last_month: bool,
    },
    /// `by day 20`: from the first day of the period; with `of the last month` of its last month.
    ByDay {
        /// The last day.
        day: Quantity,
        /// Whether the day is one of the period's last month.
        last_month: bool,
    },
    /// `before end of month`: within that period.
    BeforeEnd(Period),
    /// `within 3 days of received`: counted from another step, or from what the words name.
    Within {
        /// How long, with its unit.
        time: Quantity,
        /// The step.
        of: Name,
    },
}

/// A place where the text made no sense.
#[derive(Clone, Debug, Default)]
pub struct Hole {
    /// The names it seems to declare, so that their uses are not reported as unknown.
    pub declares: Vec<Name>,
    /// The block behind an unreadable head, still checked for mistakes of its own.
    pub body: Option<Block>,
}

/// A day: `2012-01-01` or `2012年1月1日`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The day.
    pub day: chrono::NaiveDate,
    /// Where it stands.
    pub span: Span,
}

/// A time of a day: `2024-05-01 08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// The day and the time, local.
    pub at: chrono::NaiveDateTime,
    /// Where it stands.
    pub span: Span,
}

/// How often something is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// 每天
    Day,
    /// 每周, from Monday to Sunday
    Week,
    /// 每月
    Month,
    /// 每季度
    Quarter,
    /// 每半年
    HalfYear,
    /// 每年
    Year,
}

/// A figure as written: `12.5`, `1_000`, `40%`, `2000 yuan`, `5分`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The digits as written, with plain signs: `1_000.50`.
    pub digits: String,
    /// Their value, exactly; `40` for `40%`.
    pub value: Decimal,
    /// Whether `%` follows.
    pub percent: bool,
    /// The unit behind it.
    pub unit: Option<Unit>,
    /// The digits, the sign and the unit.
    pub span: Span,
}

/// The unit behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 分
    Points,
    /// 元
    Yuan,
    /// 次
    Times,
    /// 秒
    Seconds,
    /// 分钟
    Minutes,
    /// 小时
    Hours,
    /// 天
    Days,
    /// 个月
    Months,
    /// 年
    Years,
}

/// `choice level "等次" best first { 优秀, good "良好" }`
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name and label.
    pub naming: Naming,
    /// Whether the options are ordered from the best to the worst (`best first`, 由优到劣).
    pub best_first: bool,
    /// The options.
    pub options: Vec<ChoiceOption>,
    /// Comments after the last option.
    pub comments: Vec<Comment>,
}

/// One option of a choice or one listed key of a map.
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    /// Its name and label; an option may have a label alone.
    pub naming: Naming,
    /// Comments on lines of their own before it.
    pub before: Vec<Comment>,
    /// A comment behind it on its line.
    pub beside: Option<Comment>,
}

/// `input` or `parameter`.
#[derive(Clone, Debug)]
pub struct Input {
    /// Whether it is a hole of the document, filled once for all subjects.
    pub parameter: bool,
    /// The names it declares; several where they share one type.
    pub names: Vec<Naming>,
    /// What is asked.
    pub shape: InputShape,
}

/// What an input asks for.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every input is a field; a box for each would cost more than it saves"
)]
#[derive(Clone, Debug)]
pub enum InputShape {
    /// One figure, list or map: `: count up to tasks_due, optional`.
    Field(Field),
    /// `input limits { hotline_seconds : number 0.. }`: statements are members, written without
    /// the word `input`; each is a [`Kind::Input`].
    Group(Block),
    /// `input answer either { … }`: the same, of which one is given.
    Either(Block),
}

/// The type of an input and the clauses behind it.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its type.
    pub of: Type,
    /// `= 0`
    pub default: Option<ExprId>,
    /// `optional`
    pub optional: bool,
    /// `only when inspected`
    pub only_when: Option<ExprId>,
    /// `several are averaged`
    pub several_averaged: bool,
    /// `lower is better` or `higher is better`
    pub better: Option<Better>,
    /// `step 0.5`
    pub step: Option<Quantity>,
    /// `unique`: no two elements of the list have the same.
    pub unique: bool,
    /// `in order`, or `in order by month`: the elements of a list are periods.
    pub in_order: Option<InOrder>,
}

/// How the elements of a list follow each other.
#[derive(Clone, Debug)]
pub enum InOrder {
    /// `in order`: as they are given.
    AsGiven,
    /// `in order by month`: by that field, rising; two alike are a conflict.
    By(Path),
}

/// Which way a figure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Better {
    /// `lower is better`
    Lower,
    /// `higher is better`
    Higher,
}

/// A type as written: `list of points 0..10`, `count per satisfaction`.
#[derive(Clone, Debug)]
pub struct Type {
    /// `list of`
    pub list: bool,
    /// The type of one figure.
    pub base: BaseType,
    /// `0..100`, `2..`, `above 0`, `up to tasks_due`.
    pub range: Option<Range>,
    /// `per satisfaction`: a map.
    pub per: Option<MapKey>,
    /// Where it stands.
    pub span: Span,
}

/// The type of one figure.
#[derive(Clone, Debug)]
pub enum BaseType {
    /// Whole, not negative.
    Count,
    /// Any figure.
    Number,
    /// Marks.
    Points,
    /// A share: 0.9 is 90 %.
    Ratio,
    /// An amount in yuan.
    Money,
    /// Yes or no.
    Flag,
    /// Words.
    Text,
    /// A day.
    Date,
    /// A day and a time of day, local.
    Time,
    /// How long.
    Duration,
    /// A declared choice.
    Named(Name),
    /// `{ id : text unique, score : points 0..50 }`: members, each a [`Kind::Input`].
    Record(Block),
    /// `one of scale { A { … } B { … } }`: the members of one of several kinds.
    OneOf {
        /// The member that says which.
        tag: Naming,
        /// The kinds and their members.
        kinds: Vec<(Naming, Block)>,
    },
    /// `result of bank-outlet-service`: the inputs of that scheme, scored.
    ResultOf(Name),
}

/// The bounds of a figure; each end may be absent.
#[derive(Clone, Debug)]
pub struct Range {
    /// The least value.
    pub low: Option<Bound>,
    /// The greatest value.
    pub high: Option<Bound>,
    /// Where it stands.
    pub span: Span,
}

/// One end of a range.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Its value: a figure, or an input declared earlier.
    pub at: ExprId,
    /// Whether the value itself is inside.
    pub included: bool,
}

/// The key of a map.
#[derive(Clone, Debug)]
pub struct MapKey {
    /// What the keys are.
    pub keys: MapKeys,
    /// `summing to 1`
    pub summing_to: Option<Quantity>,
    /// `in order`: data may give the figures as a list, in the order of the keys.
    pub in_order: bool,
}

/// Which keys a map has.
#[derive(Clone, Debug)]
pub enum MapKeys {
    /// The options of a choice.
    Choice(Name),
    /// Listed on the spot: `per { hotline "热线", hall "营业厅" }`.
    Listed(Vec<ChoiceOption>),
    /// `per text`: whatever names data gives.
    Text,
}

/// An item or a group.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Its name and label.
    pub naming: Naming,
    /// `out of 50`
    pub out_of: Option<Quantity>,
    /// Lines; in a group also items, groups and weights.
    pub body: Block,
}

/// A line that acts on the running value of an item, group or total, in written order.
#[derive(Clone, Debug)]
pub enum Line {
    /// `start at 50`
    StartAt(ExprId),
    /// `add 5 per award`, `deduct 6 per valid_complaints`, `deduct 5 when late`
    Change {
        /// Which way.
        sign: Sign,
        /// How much.
        amount: ExprId,
        /// For each of what.
        per: Option<Per>,
    },
    /// `score inspection`: the value itself; first line only, unless it has a condition.
    Score(ExprId),
    /// `score by answer, answers averaged { 很满意 => 20 … }`; first line only.
    ScoreBy {
        /// What is looked up.
        by: ExprId,
        /// `answers averaged`: a tally scores the mean of its answers' points.
        averaged: bool,
        /// The lines.
        body: TableBody,
    },
    /// `multiply by 2`
    MultiplyBy(ExprId),
    /// `not below 0`
    NotBelow(ExprId),
    /// `not above 100`
    NotAbove(ExprId),
    /// `round half up to 2 places`
    Round(Rounding),
    /// `may go below zero`
    MayGoBelowZero,
    /// `may exceed`
    MayExceed,
}

/// Which way a line changes the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Up.
    Add,
    /// Down.
    Deduct,
}

/// `per valid_complaints beyond 2 at most 10 points`
#[derive(Clone, Debug)]
pub struct Per {
    /// What is counted.
    pub of: ExprId,
    /// How a quantity that is not a count is counted.
    pub basis: PerBasis,
    /// `beyond K`: the first K are free.
    pub beyond: Option<ExprId>,
    /// `at most M points`: the line changes the value by no more.
    pub at_most: Option<ExprId>,
}

/// How a quantity is counted.
#[derive(Clone, Copy, Debug)]
pub enum PerBasis {
    /// `per X`: each one of a count.
    Each,
    /// `per full 10 of X`: completed tens only (每满).
    Full(ExprId),
    /// `per started 10 of X`: a begun ten counts whole (每不足…按一次).
    Started(ExprId),
    /// `in proportion per 10 of X`: fractions of a ten count as such (按比例).
    InProportion(ExprId),
}

/// `round half up to 2 places`
#[derive(Clone, Debug)]
pub struct Rounding {
    /// How ties and remainders go.
    pub mode: crate::number::Mode,
    /// To what.
    pub to: RoundTo,
}

/// What a value is rounded to.
#[derive(Clone, Debug)]
pub enum RoundTo {
    /// `to 2 places`
    Places(Quantity),
    /// `to a whole number`
    Whole,
    /// `to a multiple of 0.5`
    Multiple(Quantity),
}

/// The lines of a table.
#[derive(Clone, Debug)]
pub enum TableBody {
    /// `{ from 95 => 优秀 … }`: the first line that holds.
    Rows {
        /// [`Kind::Row`]s.
        rows: Block,
        /// How whole-number ranges (`9..10`, `7..8`) meet the values between them.
        between: Option<Between>,
    },
    /// `between points { 80% => 60, 90% => 80 } hold the ends`: straight lines between points.
    Points {
        /// [`Kind::Row`]s whose test is [`Test::Is`] one figure.
        rows: Block,
        /// What happens outside; without it, a value outside is an error.
        ends: Option<Ends>,
    },
}

/// How ranges with whole ends meet the values between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Between {
    /// `read from the lower end`: 8.5 belongs to `7..8`.
    FromLowerEnd,
    /// `rounded first`: 8.5 is rounded half up to 9.
    RoundedFirst,
}

/// What a table of points gives outside its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ends {
    /// `hold the ends`
    Hold,
    /// `continue`
    Continue,
}

/// When a line of a table holds.
#[derive(Clone, Debug)]
pub enum Test {
    /// `from 95` (95以上, 不低于95): included.
    From(ExprId),
    /// `above 95` (高于95): not included.
    Above(ExprId),
    /// `up to 95` (95以下, 不高于95): included.
    UpTo(ExprId),
    /// `below 95` (低于95, 不满95, 不足95): not included.
    Below(ExprId),
    /// `9..10`: both included.
    Within(ExprId, ExprId),
    /// `from 70 below 90` (70分以上不满90分): from the first to the second.
    Bounded(Edge, Edge),
    /// An option, a figure or a label; several are alternatives.
    Is(Vec<ExprId>),
    /// One test for each key of a table by several keys, in the order of the keys.
    Several(Vec<Test>),
    /// `otherwise` (其余)
    Otherwise,
    /// `missing` (缺项)
    Missing,
}

/// What a row that is left out does to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gaps {
    /// `gaps break` (缺期中断): the run begins anew behind it.
    Break,
    /// `gaps skipped` (缺期不计): the run goes on.
    Skipped,
}

/// An end of a stretch of figures.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The figure.
    pub at: ExprId,
    /// Whether the figure itself belongs to the stretch.
    pub included: bool,
}

/// The lines of a grade.
#[derive(Clone, Debug)]
pub enum GradeLines {
    /// Written in place; [`Kind::Adjust`] lines follow the rows.
    Own(TableBody),
    /// `using band`, and the lines that act on the grade, if any.
    Using(Name, Option<Block>),
}

/// What a line after the rows does to the grade.
#[derive(Clone, Debug)]
pub enum Adjustment {
    /// `no better than 合格` (最高评为)
    NoBetterThan(ExprId),
    /// `no worse than 合格` (最低评为)
    NoWorseThan(ExprId),
    /// `one step higher` (升一档)
    OneStepHigher,
    /// `one step lower` (降一档)
    OneStepLower,
    /// `不合格`
    Becomes(ExprId),
}

/// Which members a missing-data rule is about.
#[derive(Clone, Debug)]
pub enum MissingPattern {
    /// `missing`: any of them (in an item: something the item needs).
    Any,
    /// `mystery, offsite missing`: exactly these.
    These(Vec<Path>),
    /// `all missing`
    All,
    /// `fewer than 3`: fewer members than this are present.
    FewerThan(Quantity),
}

/// What happens when something is missing.
#[derive(Clone, Debug)]
pub enum MissingThen {
    /// `weigh the rest equally`
    WeighEqually,
    /// `share the missing weight equally`
    ShareEqually,
    /// `share the missing weight in proportion`
    ShareInProportion,
    /// `give its weight to management`
    GiveTo(Path),
    /// `weights { offsite 50%, onsite 50% }`
    Weights(Vec<(Path, Quantity)>),
    /// `count as zero`
    CountAsZero,
    /// `count as full`
    CountAsFull,
    /// `count as 60`
    CountAs(ExprId),
    /// `no value`
    NoValue,
    /// `no result no_inspection_covered "…"`
    NoResult {
        /// The reason that data shows.
        reason: Name,
        /// The reason that people read.
        label: Option<Quoted>,
    },
}

/// What a `result` line gives.
#[derive(Clone, Debug)]
pub enum ResultShape {
    /// `result inspection`: the figure of that name.
    Figure,
    /// `result rate = E`
    Value(ExprId),
    /// `result P1 { cases, met = called = cases }`
    Fields(Vec<FieldEntry>),
    /// `result categories per c in category { … }`, `result months per m in months { … }`: one for
    /// each option or element.
    Each {
        /// What one of them is called inside.
        binder: Name,
        /// The list or choice.
        over: ExprId,
        /// What comes out for each.
        gives: EachGives,
    },
}

/// What a result gives for each element.
#[derive(Clone, Debug)]
pub enum EachGives {
    /// `= E`
    Value(ExprId),
    /// `{ … }`
    Fields(Vec<FieldEntry>),
}

/// An entry between the braces of a result.
#[derive(Clone, Debug)]
pub enum FieldEntry {
    /// `cases`, or `met = called = cases`
    One(Naming, Option<ExprId>),
    /// `per o in quality = E`: an entry for each option, named as data names it.
    Per {
        /// What one of them is called inside.
        binder: Name,
        /// The choice.
        over: ExprId,
        /// Its value.
        value: ExprId,
    },
}

/// A claim about every input that the scheme admits.
#[derive(Clone, Debug)]
pub enum Guarantee {
    /// `total in 4..100`
    Within(ExprId, Range),
    /// `total never rises with issues_found, valid_complaints`
    Never {
        /// The figure.
        figure: Path,
        /// What it does not do.
        direction: Direction,
        /// As these grow.
        with: Vec<Path>,
    },
    /// `total never gains by missing mystery`
    NeverGainsByMissing {
        /// The figure.
        figure: Path,
        /// The inputs that may be absent.
        missing: Vec<Path>,
    },
    /// `every grade reachable`
    EveryGradeReachable,
    /// `A implies B`
    Implies(ExprId, ExprId),
    /// A condition that always holds.
    Always(ExprId),
}

/// What a figure never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `never rises with`
    Rises,
    /// `never falls with`
    Falls,
}

/// `issues_found = 1`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Which input or result.
    pub target: Path,
    /// Its value.
    pub value: ExprId,
}

/// What an example expects.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// `expect total = 89, grade = 不合格`
    Figures(Vec<Assignment>),
    /// `expect no result R`
    NoResult(Name),
    /// `expect refused range response_speed`
    Refused {
        /// The code.
        code: Name,
        /// The input.
        field: Path,
    },
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, without brackets' surroundings, comments or blanks.
    pub span: Span,
}

/// What an expression is. Operands come earlier in the arena than what uses them.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `12.5`, `40%`, `2000 yuan`
    Quantity(Quantity),
    /// `yes`, `no`
    Flag(bool),
    /// An input, figure, option or grade.
    Path(Path),
    /// An option or grade by its label, or text.
    Quoted(Quoted),
    /// `(a + b)`; kept for the formatter.
    Bracket(ExprId),
    /// `not a`, `-a`
    Unary(UnaryOp, ExprId),
    /// `a + b`, `a and b`, `a >= b`
    Binary(BinaryOp, ExprId, ExprId),
    /// `if C then A else B`
    If {
        /// The condition.
        condition: ExprId,
        /// The value when it holds.
        then: ExprId,
        /// The value when it does not; without it there is none.
        otherwise: Option<ExprId>,
    },
    /// `given x`
    Given(Path),
    /// `x is one of A, B`
    IsOneOf(ExprId, Vec<ExprId>),
    /// `a / b otherwise no value`
    Otherwise(ExprId, ExprId),
    /// `no value`
    NoValue,
    /// `sum of xs`, `mean of (a, b)`, `count(xs)`
    Aggregate(Aggregate, Vec<ExprId>),
    /// `weight of mystery`
    WeightOf(Path),
    /// `part of mystery`
    PartOf(Path),
    /// `full marks of inspection` (inspection 的 满分): of those of its members that apply
    FullMarks(Path),
    /// `band of score`: a table applied to a value.
    TableOf(Name, ExprId),
    /// `round half up E to 2 places`
    Round(Rounding, ExprId),
    /// `consequences that fired`
    ConsequencesFired,
    /// `2012-01-01`
    Date(Date),
    /// `"2024-05-01T08:00:00"` is text; `2024-05-01 08:00` is a time.
    Time(Time),
    /// `scores[q]`: the figure of one key.
    At(ExprId, ExprId),
    /// `score[c] * weight[c] for c in category where …`: one for each element.
    For {
        /// What is collected.
        value: ExprId,
        /// What one element is called.
        binder: Name,
        /// The list or choice.
        over: ExprId,
        /// Which elements.
        only: Option<ExprId>,
    },
    /// `emails where replied - received <= 24 hours`: members, or `it`, are in scope.
    Where(ExprId, ExprId),
    /// `names in visits where it < 1`: the keys that meet a condition.
    NamesIn(ExprId, ExprId),
    /// `every complaints has replied`
    Every(Quantifier),
    /// `some complaints has not replied`
    Some(Quantifier),
    /// `share of (waits where it <= limit)`
    ShareOf(ExprId, ExprId),
    /// `outlets.total skipping missing`
    SkippingMissing(ExprId),
    /// `outlets.total counting missing as 0`
    CountingMissing(ExprId, ExprId),
    /// `highest 3 of xs`, `xs without the lowest 1`
    Pick {
        /// Which.
        which: Pick,
        /// How many: a whole figure, or the name of a count.
        count: ExprId,
        /// Of what.
        of: ExprId,
    },
    /// `people sorted by score highest first, id`
    Sorted {
        /// The list.
        of: ExprId,
        /// By what; none for the elements themselves.
        by: Vec<SortKey>,
    },
    /// `rank of score in people, highest first, ties share`
    Rank {
        /// The figure.
        of: ExprId,
        /// The list whose elements are ranked.
        among: ExprId,
        /// Whether the highest is the first.
        highest_first: bool,
        /// What equal figures get.
        ties: Ties,
    },
    /// `top 20% of people by score, round down, ties all in`
    Top {
        /// How many, or which share.
        size: ExprId,
        /// The list.
        among: ExprId,
        /// The figure.
        by: ExprId,
        /// How the number of places is rounded.
        rounding: crate::number::Mode,
        /// What happens at the edge.
        ties: EdgeTies,
    },
    /// `split pool by score in people to 0.01, remainder by largest fraction`
    Split {
        /// What is divided.
        pool: ExprId,
        /// In proportion to what.
        by: ExprId,
        /// The list.
        among: ExprId,
        /// The smallest part.
        to: Quantity,
        /// Who gets what is left.
        remainder: Remainder,
    },
    /// `counts scored by points_a`: a tally as the points of its answers.
    TallyScored(ExprId, Name),
    /// `square root of variance`: exists only inside a rounding.
    Root(ExprId),
    /// `x ^ 1.5`
    Power(ExprId, ExprId),
    /// `natural logarithm of x`, `common logarithm of x`
    Logarithm(Logarithm, ExprId),
    /// `year of d`, `end of month of d`
    DatePart(DatePart, ExprId),
    /// `failed requirements`
    FailedRequirements,
    /// `all requirements hold`
    AllRequirementsHold,
    /// `[2, 3.5]`, in examples and defaults.
    List(Vec<ExprId>),
    /// `{ 很满意 3, 一般 1 }`, in examples and defaults.
    Map(Vec<(Name, ExprId)>),
    /// Something unreadable; a diagnostic says why.
    Hole,
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Minus,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `<>` or `≠`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

/// A figure made of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `sum of`
    Sum,
    /// `mean of`
    Mean,
    /// `count of`
    Count,
    /// `min of`
    Min,
    /// `max of`
    Max,
    /// `median of`
    Median,
    /// `variance of`: of the population.
    Variance,
    /// `standard deviation of`: exists only inside a rounding.
    StandardDeviation,
}

/// A claim about elements of a list, or options of a choice.
#[derive(Clone, Debug)]
pub struct Quantifier {
    /// `p in priority`: what one of them is called.
    pub binder: Option<Name>,
    /// The list or choice.
    pub over: ExprId,
    /// What each, or one, has.
    pub has: ExprId,
}

/// Which elements are picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// `highest 3 of xs` (最高 3 项)
    Highest,
    /// `lowest 3 of xs`
    Lowest,
    /// `first 3 of xs`
    First,
    /// `last 3 of xs`; fewer than three are no value.
    Last,
    /// `xs without the highest 1`
    WithoutHighest,
    /// `xs without the lowest 1`
    WithoutLowest,
}

/// A figure by which a list is sorted.
#[derive(Clone, Copy, Debug)]
pub struct SortKey {
    /// The figure.
    pub by: ExprId,
    /// Whether the highest comes first.
    pub highest_first: bool,
}

/// What equal figures get in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ties {
    /// `ties share`: the same rank, and the ranks behind it are left out: 1, 2, 2, 4.
    Share,
    /// `ties dense`: the same rank, and the next follows: 1, 2, 2, 3.
    Dense,
    /// `ties averaged`: the mean of their ranks: 1, 2.5, 2.5, 4.
    Averaged,
    /// `ties in order`: as they are listed: 1, 2, 3, 4.
    InOrder,
}

/// What happens to equal figures at the edge of a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdgeTies {
    /// `ties all in`
    In,
    /// `ties all out`
    Out,
}

/// Who gets what a split leaves over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remainder {
    /// `by largest fraction`: the largest fractions cut off come first, then the order of the list.
    LargestFraction,
    /// `to the first`
    First,
    /// `to the last`
    Last,
}

/// Which logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Logarithm {
    /// To the base e.
    Natural,
    /// To the base 10.
    Common,
}

/// A part of a day's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatePart {
    /// `year of d`: a count.
    Year,
    /// `month of d`: 1 to 12.
    Month,
    /// `day of d`: 1 to 31.
    Day,
    /// `end of month of d`: the last day of its month.
    EndOfMonth,
    /// `date of received` (日期): the day on which a time lies
    Date,
}
