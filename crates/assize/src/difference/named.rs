//! What changes can be about, with the words for it.

use crate::text::{Words, words};

/// Declares kinds with their names in data and their words.
macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $kind:ident = $data:literal, $en:literal, $zh:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $kind,)+ }

        impl $name {
            /// The name in data.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $data,)+ }
            }

            /// What people call it.
            #[must_use]
            pub fn words(self) -> Words {
                match self { $(Self::$kind => words!($en, $zh),)+ }
            }
        }
    };
}

kinds! {
    /// What a scheme declares.
    Construct {
        /// The scheme itself.
        Scheme = "scheme", "scheme", "方案";
        /// `choice`
        Choice = "choice", "choice", "选项";
        /// `input`
        Input = "input", "input", "输入";
        /// `parameter`
        Parameter = "parameter", "parameter", "参数";
        /// Inputs of which one is given.
        Either = "either", "alternatives", "二选一";
        /// A member of the rows of an input.
        Member = "member", "member", "行内数据";
        /// `let`
        Figure = "figure", "figure", "计算值";
        /// `item`
        Item = "item", "item", "指标";
        /// `group`
        Group = "group", "group", "组";
        /// `total`
        Total = "total", "total", "总分";
        /// `grade`
        Grade = "grade", "grade", "等级";
        /// `consequence`
        Consequence = "consequence", "consequence", "奖惩";
        /// `require`
        Requirement = "requirement", "requirement", "要求";
        /// `table`
        Table = "table", "table", "对照表";
        /// A line of `each`.
        RowFigure = "row_figure", "figure of a row", "逐行计算值";
        /// `refuse`
        Refusal = "refusal", "refusal", "拒收规则";
        /// `no result`
        NoResult = "no_result", "no-result rule", "不出具结果的情形";
        /// `result`
        Result = "result", "result", "结果";
        /// All `guarantee` lines.
        Guarantees = "guarantees", "guarantees", "保证";
        /// `reading`
        Reading = "reading", "reading", "解读";
        /// `indicator`
        Indicator = "indicator", "indicator", "观察指标";
        /// `procedure`
        Procedure = "procedure", "procedure", "程序";
        /// A step of a procedure.
        Step = "step", "step", "步骤";
    }
}

kinds! {
    /// What a scheme says of a thing.
    Aspect {
        /// What it is: an input or a parameter.
        Kind = "kind", "kind", "种类";
        /// The name of the scheme.
        Name = "name", "name", "名称";
        /// The title of the scheme.
        Title = "title", "title", "标题";
        /// The document that it implements.
        Source = "source", "document", "依据";
        /// Of what it is an edition.
        Edition = "edition", "family of editions", "所属版本";
        /// The days on which it is in force.
        InForce = "in_force", "in force", "施行日期";
        /// What is assessed.
        Assessed = "assessed", "what is assessed", "考核对象";
        /// How often.
        Every = "every", "how often", "周期";
        /// Full marks.
        FullMarks = "full_marks", "full marks", "满分";
        /// What people and headings call it.
        Label = "label", "label", "名目";
        /// Whether options stand from the best to the worst.
        BestFirst = "best_first", "order of options", "优劣次序";
        /// An option of a choice.
        Option = "option", "option", "选项";
        /// The type of what is asked.
        Type = "type", "type", "类型";
        /// The bounds of what is asked.
        Range = "range", "range", "取值范围";
        /// Of what a figure is a multiple.
        Step = "step", "step", "步长";
        /// Whether it is required, optional, or has a default.
        Presence = "presence", "presence", "填报要求";
        /// On what condition it is asked.
        Asked = "asked", "asked only when", "填报条件";
        /// Whether several are averaged.
        Several = "several", "several", "多个值";
        /// To what the figures of a map add up.
        SummingTo = "summing_to", "sum", "合计";
        /// Which way it is better.
        Direction = "direction", "direction", "优劣方向";
        /// To which alternatives it belongs.
        OneOf = "one_of", "alternatives", "二选一";
        /// Whether figures may come in the order of their keys.
        KeysInOrder = "keys_in_order", "form of data", "数据形式";
        /// By what rows are in order.
        RowOrder = "row_order", "order of rows", "行的次序";
        /// Whether no two rows have the same.
        Unique = "unique", "uniqueness", "唯一性";
        /// To which kind of row it belongs.
        OfKind = "of_kind", "kind of row", "行的类别";
        /// The group in which an item stands.
        Group = "group", "group", "所属的组";
        /// The weight of a member of a group.
        Weight = "weight", "weight", "权重";
        /// Which part of the weights the scheme holds.
        Covers = "covers", "part covered", "涵盖部分";
        /// When an item applies.
        Applies = "applies", "applies when", "适用条件";
        /// `start at`
        Start = "start", "starting value", "起评分";
        /// `add`
        Addition = "addition", "addition", "加分";
        /// `deduct`
        Deduction = "deduction", "deduction", "扣分";
        /// `score`
        Score = "score", "score", "计分";
        /// `multiply by`
        Factor = "factor", "factor", "倍数";
        /// `not below`, `may go below zero`
        Floor = "floor", "floor", "最低限";
        /// `not above`, `may exceed`
        Cap = "cap", "cap", "最高限";
        /// `round`
        Rounding = "rounding", "rounding", "取整规则";
        /// Any line of an item, group or total.
        Line = "line", "line", "规则";
        /// What happens where something is missing.
        MissingData = "missing_data", "missing-data rule", "缺项规则";
        /// What a table looks up.
        LookedUp = "looked_up", "what is looked up", "查表依据";
        /// A line of a table.
        Row = "row", "line", "档";
        /// A point of a table between points.
        Point = "point", "point", "插值点";
        /// How whole ranges meet the values between them.
        Between = "between", "values between lines", "档间取值";
        /// What happens outside the points.
        Outside = "outside", "values outside", "端点之外";
        /// What a grade is of.
        Graded = "graded", "what is graded", "评级依据";
        /// The table that a grade uses.
        Table = "table", "table", "套用的对照表";
        /// A line of a grade.
        GradeLine = "grade_line", "grade line", "等级线";
        /// A line that acts on a grade.
        Adjustment = "adjustment", "adjustment", "等级调整";
        /// The formula of a figure or result.
        Value = "value", "value", "算式";
        /// The amount of a consequence.
        Amount = "amount", "amount", "金额";
        /// Whom a consequence meets.
        To = "to", "whom it meets", "对象";
        /// A condition.
        Condition = "condition", "condition", "条件";
        /// What a run counts.
        RunOf = "run_of", "what is counted in a row", "连续计数的条件";
        /// After how many a run begins anew.
        Restarts = "restarts", "restart", "重计";
        /// What breaks a run.
        Gaps = "gaps", "gaps", "缺期";
        /// What the first row finds.
        First = "first", "first value", "首期值";
        /// What the next row finds.
        Becomes = "becomes", "value carried on", "结转值";
        /// For what there is one of a result.
        GoesThrough = "goes_through", "what it goes through", "逐一对象";
        /// Whether each option is a result by itself.
        Spread = "spread", "form", "给出方式";
        /// An entry of a result.
        Entry = "entry", "entry", "分项";
        /// A guarantee.
        Guarantee = "guarantee", "guarantee", "保证";
        /// The alternative that holds unless another is chosen.
        Default = "default", "first alternative", "首选解读";
        /// The alternative that holds here.
        Taken = "taken", "alternative taken", "所取解读";
        /// An alternative of a reading.
        Alternative = "alternative", "alternative", "可选解读";
        /// A level of an indicator.
        Level = "level", "level", "档次";
        /// Where the figures of an indicator come from.
        From = "from", "where figures come from", "数据来源";
        /// Who does or assesses it.
        By = "by", "by whom", "承办人";
        /// How often in each period.
        Times = "times", "times", "次数";
        /// Whether a step is done where it is needed.
        AsNeeded = "as_needed", "occasion", "时机";
        /// When a step is due.
        Days = "days", "days", "期限";
        /// The steps that come first.
        After = "after", "what comes first", "前置步骤";
        /// What a record must hold.
        Requires = "requires", "record", "须附材料";
        /// What comes of a step.
        Gives = "gives", "deliverable", "提交成果";
        /// How long a record is kept.
        Kept = "kept", "how long it is kept", "保存期限";
        /// The article on which it rests.
        Article = "article", "article", "条款";
        /// What is assumed beyond the document.
        Assumption = "assumption", "assumption", "推定";
    }
}

impl Construct {
    /// Things among which no two have the same name.
    pub(super) const fn family(self) -> &'static str {
        match self {
            Self::Input | Self::Parameter => "input",
            Self::Figure
            | Self::Item
            | Self::Group
            | Self::Total
            | Self::Grade
            | Self::Consequence
            | Self::Requirement
            | Self::RowFigure => "figure",
            Self::Scheme => "scheme",
            Self::Choice => "choice",
            Self::Either => "either",
            Self::Member => "member",
            Self::Table => "table",
            Self::Refusal => "refusal",
            Self::NoResult => "no result",
            Self::Result => "result",
            Self::Guarantees => "guarantees",
            Self::Reading => "reading",
            Self::Indicator => "indicator",
            Self::Procedure => "procedure",
            Self::Step => "step",
        }
    }
}
