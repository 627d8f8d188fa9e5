//! The words of the language: one entry per meaning, with its English and its Chinese spellings.
//!
//! `grammar/words.pest` says the same to the parser, rule by rule; a test holds the two together.
//! Messages and the formatter spell words from here. A meaning that only one language writes
//! (以上 behind a figure, 按一次) has no spelling in the other. Deliberately absent: words of the
//! full language that this version does not know yet; they stand in `later`.

use crate::text::Language;

/// How a word ends, which decides what may touch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At a word boundary.
    Plain,
    /// In Chinese a figure may touch it: 满分100, 扣6分.
    Figure,
    /// A unit: 以上 and 以下 may touch it in Chinese: 45分以上.
    Unit,
}

/// One meaning with its spellings, the preferred one first.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The meaning.
    pub(crate) word: Word,
    /// The rule of `words.pest` that reads it.
    pub(crate) rule: &'static str,
    /// How it ends.
    pub(crate) end: End,
    /// English spellings.
    pub(crate) english: &'static [&'static str],
    /// 中文写法。
    pub(crate) chinese: &'static [&'static str],
}

macro_rules! table {
    ($($word:ident $rule:ident $end:ident [$($english:literal),*] [$($chinese:literal),*])*) => {
        /// A meaning that a word of the language has. `from` of a bound and of a date are two.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Word {
            $(
                #[doc = concat!($("`", $english, "` ",)* $("`", $chinese, "` ",)*)]
                $word,
            )*
        }

        /// Every meaning, in the order of [`Word`].
        pub(crate) static TABLE: &[Entry] = &[
            $(Entry {
                word: Word::$word,
                rule: stringify!($rule),
                end: End::$end,
                english: &[$($english),*],
                chinese: &[$($chinese),*],
            },)*
        ];
    };
}

#[rustfmt::skip]
table! {
    // About the scheme.
    Scheme kw_scheme Plain ["scheme"] ["方案"]
    Source kw_source Plain ["source"] ["依据"]
    EffectiveFrom kw_effective_from Figure ["effective from"] ["自"]
    InForce kw_in_force Plain [] ["起施行"]
    Until kw_until Figure ["until"] ["至"]
    Assesses kw_assesses Plain ["assesses"] ["考核"]
    EveryMonth kw_every_month Plain ["every month"] ["每月"]
    EveryQuarter kw_every_quarter Plain ["every quarter"] ["每季度"]
    EveryHalfYear kw_every_half_year Plain ["every half year"] ["每半年"]
    EveryYear kw_every_year Plain ["every year"] ["每年"]
    OutOf kw_out_of Figure ["out of"] ["满分"]
    Choice kw_choice Plain ["choice"] ["选项"]
    BestFirst kw_best_first Plain ["best first"] ["由优到劣"]
    Key kw_key Plain ["key"] ["代码"]
    Cite kw_cite Plain ["cite"] ["条款"]
    Says kw_says Plain ["says"] ["原文"]
    Assumed kw_assumed Plain ["assumed"] ["推定"]
    // What is asked.
    Input kw_input Plain ["input"] ["输入"]
    Parameter kw_parameter Plain ["parameter"] ["参数"]
    Either kw_either Plain ["either"] ["二选一"]
    TypeCount kw_type_count Plain ["count"] ["次数"]
    TypeNumber kw_type_number Plain ["number"] ["数值"]
    TypePoints kw_type_points Plain ["points"] ["分值"]
    TypeRatio kw_type_ratio Plain ["ratio"] ["比率"]
    TypeMoney kw_type_money Plain ["money"] ["金额"]
    TypeFlag kw_type_flag Plain ["flag"] ["是否"]
    TypeText kw_type_text Plain ["text"] ["文本"]
    ListOf kw_list_of Plain ["list of"] ["列表"]
    Optional kw_optional Plain ["optional"] ["可缺"]
    OnlyWhen kw_only_when Plain ["only when"] ["仅当"]
    SeveralAveraged kw_several_averaged Plain ["several are averaged"] ["多个取平均"]
    LowerIsBetter kw_lower_is_better Plain ["lower is better"] ["越低越好"]
    HigherIsBetter kw_higher_is_better Plain ["higher is better"] ["越高越好"]
    Step kw_step Figure ["step"] ["步长"]
    SummingTo kw_summing_to Figure ["summing to"] ["合计为"]
    Refuse kw_refuse Plain ["refuse"] ["拒收"]
    NoResult kw_no_result Plain ["no result"] ["不出具结果"]
    // Bounds.
    From kw_from Figure ["from"] ["不低于", "达到"]
    Above kw_above Figure ["above"] ["高于"]
    UpTo kw_up_to Figure ["up to"] ["不高于", "至多"]
    Below kw_below Figure ["below"] ["低于", "不满", "不足"]
    AndAbove kw_and_above Plain [] ["以上"]
    AndBelow kw_and_below Plain [] ["以下"]
    // Joints.
    Per kw_per Figure ["per"] ["每"]
    By kw_by Figure ["by"] ["按"]
    Of kw_of Plain ["of"] ["的"]
    When kw_when Plain ["when"] ["当"]
    If kw_if Plain ["if"] ["若"]
    Then kw_then Plain ["then"] ["则"]
    Else kw_else Plain ["else"] ["否则"]
    In kw_in Figure ["in"] ["在"]
    Gives kw_gives Figure [] ["为"]
    // What is computed.
    Let kw_let Plain ["let"] ["令"]
    Item kw_item Plain ["item"] ["指标"]
    Group kw_group Plain ["group"] ["组"]
    Total kw_total Plain ["total"] ["总分"]
    Table kw_table Plain ["table"] ["对照表"]
    Grade kw_grade Plain ["grade"] ["等级"]
    Using kw_using Plain ["using"] ["套用"]
    FromLowerEnd kw_from_lower_end Plain ["read from the lower end"] ["按下限归档"]
    RoundedFirst kw_rounded_first Plain ["rounded first"] ["先四舍五入"]
    BetweenPoints kw_between_points Plain ["between points"] ["插值"]
    HoldTheEnds kw_hold_the_ends Plain ["hold the ends"] ["两端取平"]
    Continue kw_continue Plain ["continue"] ["两端延伸"]
    Consequence kw_consequence Plain ["consequence"] ["奖惩"]
    Amount kw_amount Figure ["amount"] ["金额"]
    To kw_to Plain ["to"] ["对象"]
    Result kw_result Plain ["result"] ["结果"]
    // Lines of an item.
    StartAt kw_start_at Figure ["start at"] ["起评"]
    Add kw_add Figure ["add"] ["加"]
    Deduct kw_deduct Figure ["deduct"] ["扣"]
    PerFull kw_per_full Figure ["per full"] ["每满"]
    PerStarted kw_per_started Figure ["per started"] ["每不足"]
    AsOne kw_as_one Plain [] ["按一次"]
    InProportion kw_in_proportion Plain ["in proportion"] ["按比例"]
    Beyond kw_beyond Figure ["beyond"] ["超过"]
    AtMost kw_at_most Figure ["at most"] ["最多"]
    Score kw_score Figure ["score"] ["得分"]
    Scored kw_scored Plain [] ["计分"]
    AnswersAveraged kw_answers_averaged Plain ["answers averaged"] ["各答取平均"]
    MultiplyBy kw_multiply_by Figure ["multiply by"] ["乘以"]
    NotBelow kw_not_below Figure ["not below"] ["最低"]
    NotAbove kw_not_above Figure ["not above"] ["最高"]
    RoundHalfUp kw_round_half_up Plain ["round half up"] ["四舍五入"]
    RoundHalfEven kw_round_half_even Plain ["round half even"] ["四舍六入五成双"]
    RoundHalfDown kw_round_half_down Plain ["round half down"] ["五舍六入"]
    RoundUp kw_round_up Plain ["round up"] ["进一"]
    RoundDown kw_round_down Plain ["round down"] ["去尾"]
    RoundCeiling kw_round_ceiling Plain ["round ceiling"] ["向上取整"]
    RoundFloor kw_round_floor Plain ["round floor"] ["向下取整"]
    ToPlaces kw_to_places Figure ["to"] ["保留"]
    Places kw_places Plain ["places", "place", "decimal places"] ["位小数", "位"]
    ToWhole kw_to_whole Plain ["to a whole number"] ["取整"]
    ToMultiple kw_to_multiple Figure ["to a multiple of"] ["取"]
    MultipleOf kw_multiple_of Plain [] ["的倍数"]
    MayGoBelowZero kw_may_go_below_zero Plain ["may go below zero"] ["可为负"]
    MayExceed kw_may_exceed Plain ["may exceed"] ["可超满分"]
    // Groups.
    Missing kw_missing Plain ["missing"] ["缺项"]
    AllMissing kw_all_missing Plain ["all missing"] ["全部缺项"]
    FewerThan kw_fewer_than Figure ["fewer than"] ["少于"]
    Members kw_members Plain [] ["项"]
    WeighEqually kw_weigh_equally Plain ["weigh the rest equally"] ["其余各项权重均等"]
    ShareEqually kw_share_equally Plain ["share the missing weight equally"] ["缺项权重均摊"]
    ShareInProportion kw_share_in_proportion Plain ["share the missing weight in proportion"] ["缺项权重按比例分摊"]
    GiveWeightTo kw_give_weight_to Plain ["give its weight to"] ["权重并入"]
    Weights kw_weights Plain ["weights"] ["权重"]
    CountAsZero kw_count_as_zero Plain ["count as zero"] ["按零分计"]
    CountAsFull kw_count_as_full Plain ["count as full"] ["按满分计"]
    CountAs kw_count_as Figure ["count as"] ["按"]
    Counted kw_counted Plain [] ["计"]
    NoValue kw_no_value Plain ["no value"] ["无值"]
    AppliesWhen kw_applies_when Plain ["applies when"] ["适用于"]
    Covers kw_covers Figure ["covers"] ["涵盖"]
    OfWhole kw_of_whole Figure ["of"] ["共"]
    Weighs kw_weighs Figure [] ["占", "占比"]
    // Grades.
    NoBetterThan kw_no_better_than Plain ["no better than"] ["最高评为"]
    OneStepLower kw_one_step_lower Plain ["one step lower"] ["降一档"]
    Becomes kw_becomes Plain [] ["评为"]
    // Expressions.
    And kw_and Plain ["and"] ["且"]
    Or kw_or Plain ["or"] ["或"]
    Not kw_not Plain ["not"] ["非"]
    Yes kw_yes Plain ["yes"] ["是"]
    No kw_no Plain ["no"] ["否"]
    IsOneOf kw_is_one_of Plain ["is one of"] ["属于"]
    Otherwise kw_otherwise Plain ["otherwise"] ["其余"]
    OtherwiseValue kw_otherwise_value Plain ["otherwise"] ["无从计算则"]
    IsGiven kw_is_given Plain ["given"] ["已填"]
    Sum kw_sum Plain ["sum"] ["合计"]
    Mean kw_mean Plain ["mean"] ["平均"]
    Count kw_count Plain ["count"] ["个数"]
    Min kw_min Plain ["min"] ["最小"]
    Max kw_max Plain ["max"] ["最大"]
    WeightOf kw_weight_of Plain ["weight of"] ["权重占比"]
    PartOf kw_part_of Plain ["part of"] ["得分部分"]
    ConsequencesFired kw_consequences_fired Plain ["consequences that fired"] ["已触发的奖惩"]
    // Claims and examples.
    Guarantee kw_guarantee Plain ["guarantee"] ["保证"]
    NeverRisesWith kw_never_rises_with Plain ["never rises with"] []
    NeverFallsWith kw_never_falls_with Plain ["never falls with"] []
    NotWith kw_not_with Plain [] ["不随"]
    Rising kw_rising Plain [] ["升高"]
    Falling kw_falling Plain [] ["降低"]
    NeverGains kw_never_gains Plain ["never gains by missing"] ["不因 缺项"]
    Gaining kw_gaining Plain [] ["得益"]
    EveryGradeReachable kw_every_grade_reachable Plain ["every grade reachable"] ["每个等级可达"]
    Implies kw_implies Plain ["implies"] ["则必"]
    Example kw_example Plain ["example"] ["算例"]
    GivenLine kw_given Plain ["given"] ["已知"]
    Expect kw_expect Plain ["expect"] ["应得"]
    Refused kw_refused Plain ["refused"] ["拒收"]
    // Units.
    UnitPoints kw_unit_points Unit ["points", "point"] ["分"]
    UnitYuan kw_unit_yuan Unit ["yuan"] ["元"]
    UnitTimes kw_unit_times Unit ["times", "time"] ["次"]
}

/// Words that are never a name, in either language.
pub(crate) static NEVER_NAMES: &[&str] = &[
    "cite",
    "per",
    "by",
    "otherwise",
    "or",
    "and",
    "not",
    "if",
    "then",
    "else",
    "when",
    "where",
    "of",
    "in",
    "missing",
    "yes",
    "no",
    "条款",
    "每",
    "按",
    "其余",
    "或",
    "且",
    "非",
    "若",
    "则",
    "否则",
    "当",
    "其中",
    "的",
    "在",
    "缺项",
    "是",
    "否",
];

/// The entry of a word.
fn entry(word: Word) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.word == word)
}

/// The preferred spelling of a word; empty where the language does not write it.
pub(crate) fn spelling(word: Word, language: Language) -> &'static str {
    let spellings = entry(word).map(|entry| match language {
        Language::English => entry.english,
        Language::Chinese => entry.chinese,
    });
    spellings.and_then(<[_]>::first).copied().unwrap_or("")
}

/// Words that continue the statement of the line before, never begin one.
pub(crate) static GOING_ON: &[&str] = &[
    "and", "or", "then", "else", "cite", "says", "assumed", //
    "且", "或", "则", "否则", "条款", "原文", "推定",
];

/// Whether a word is 为, alone or touching a figure (`为20分`).
pub(crate) fn gives_at_start(written: &str) -> bool {
    written.strip_prefix('为').is_some_and(|rest| {
        rest.chars()
            .next()
            .is_none_or(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    })
}

/// Words that begin a statement and often open a block.
pub(crate) static OPENING: &[&str] = &[
    "scheme",
    "方案",
    "source",
    "依据",
    "effective",
    "自",
    "assesses",
    "考核",
    "out",
    "满分",
    "choice",
    "选项",
    "input",
    "输入",
    "parameter",
    "参数",
    "refuse",
    "拒收",
    "let",
    "令",
    "item",
    "指标",
    "group",
    "组",
    "total",
    "总分",
    "table",
    "对照表",
    "grade",
    "等级",
    "consequence",
    "奖惩",
    "result",
    "结果",
    "guarantee",
    "保证",
    "example",
    "算例",
    "given",
    "已知",
    "expect",
    "应得",
    "start",
    "起评",
    "add",
    "加",
    "deduct",
    "扣",
    "score",
    "得分",
    "multiply",
    "乘以",
    "round",
    "covers",
    "applies",
    "适用于",
    "每",
    "按",
    "若",
];
