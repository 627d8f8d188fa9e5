//! The words of the language: one entry per meaning, with its English and its Chinese spellings.
//!
//! `grammar/words.pest` says the same to the parser, rule by rule; a test holds the two together.
//! Messages and the formatter spell words from here. A meaning that only one language writes
//! (以上 behind a figure, 按一次) has no spelling in the other.

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
    EveryDay kw_every_day Plain ["every day"] ["每天", "每日"]
    EveryWeek kw_every_week Plain ["every week"] ["每周"]
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
    Extends kw_extends Plain ["extends"] ["沿用"]
    EditionOf kw_edition_of Plain ["edition of"] ["版本 属于"]
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
    TypeDate kw_type_date Plain ["date"] ["日期"]
    TypeTime kw_type_time Plain ["time"] ["时刻"]
    TypeDuration kw_type_duration Plain ["duration"] ["时长"]
    OneOf kw_one_of Plain ["one of"] ["按类"]
    ResultOf kw_result_of Plain ["result of"] ["结果 属于"]
    Unique kw_unique Plain ["unique"] ["不重复"]
    InOrder kw_in_order Plain ["in order"] ["依次"]
    // Bounds.
    From kw_from Figure ["from"] ["不低于", "达到"]
    Above kw_above Figure ["above"] ["高于"]
    UpTo kw_up_to Figure ["up to"] ["不高于", "至多"]
    Below kw_below Figure ["below"] ["低于", "不满", "不足"]
    AndAbove kw_and_above Plain [] ["以上", "及以上"]
    AndBelow kw_and_below Plain [] ["以下", "及以下"]
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
    Among kw_among Plain ["in"] ["于", "在"]
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
    Each kw_each Plain ["each"] ["逐一"]
    Run kw_run Plain ["run"] ["连续次数"]
    RunOf kw_run_of Plain ["of"] ["为"]
    RestartsAfter kw_restarts_after Plain ["restarts after"] []
    GapsBreak kw_gaps_break Plain ["gaps break"] ["缺期中断"]
    GapsSkipped kw_gaps_skipped Plain ["gaps skipped"] ["缺期不计"]
    Reaching kw_reaching Figure [] ["满"]
    CountedAnew kw_counted_anew Plain [] ["次重计"]
    Carry kw_carry Plain ["carry"] ["结转"]
    Turns kw_turns Figure ["becomes"] ["为"]
    Require kw_require Plain ["require"] ["要求"]
    Reading kw_reading Plain ["reading"] ["解读"]
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
    NoWorseThan kw_no_worse_than Plain ["no worse than"] ["最低评为"]
    OneStepHigher kw_one_step_higher Plain ["one step higher"] ["升一档"]
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
    FullMarks kw_full_marks Plain ["full marks of"] ["满分"]
    PartOf kw_part_of Plain ["part of"] ["得分部分"]
    ConsequencesFired kw_consequences_fired Plain ["consequences that fired"] ["已触发的奖惩"]
    Median kw_median Plain ["median"] ["中位数"]
    Variance kw_variance Plain ["variance"] ["方差"]
    StandardDeviation kw_standard_deviation Plain ["standard deviation"] ["标准差"]
    Share kw_share Plain ["share"] ["占比"]
    SquareRoot kw_square_root Plain ["square root"] ["平方根"]
    NaturalLogarithm kw_natural_logarithm Plain ["natural logarithm"] ["自然对数"]
    CommonLogarithm kw_common_logarithm Plain ["common logarithm"] ["常用对数"]
    DateOf kw_date_of Plain ["date"] ["日期"]
    YearOf kw_year_of Plain ["year"] ["年份"]
    MonthOf kw_month_of Plain ["month"] ["月份"]
    DayOf kw_day_of Plain ["day"] ["日"]
    EndOfMonth kw_end_of_month Plain ["end of month"] ["月末"]
    FailedRequirements kw_failed_requirements Plain ["failed requirements"] ["未达要求"]
    AllRequirementsHold kw_all_requirements_hold Plain ["all requirements hold"] ["全部要求达到"]
    // Lists.
    Highest kw_highest Figure ["highest", "best"] ["最高"]
    Lowest kw_lowest Figure ["lowest"] ["最低"]
    First kw_first Figure ["first"] ["前"]
    Last kw_last Figure ["last"] ["后"]
    Where kw_where Plain ["where"] ["其中"]
    For kw_for Plain ["for"] []
    Taking kw_taking Plain [] ["取"]
    Sorted kw_sorted Plain ["sorted"] ["排序"]
    HighestFirst kw_highest_first Plain ["highest first"] ["由高到低"]
    LowestFirst kw_lowest_first Plain ["lowest first"] ["由低到高"]
    WithoutHighest kw_without_highest Figure ["without the highest"] ["去掉最高"]
    WithoutLowest kw_without_lowest Figure ["without the lowest"] ["去掉最低"]
    SkippingMissing kw_skipping_missing Plain ["skipping missing"] ["缺者不计"]
    CountingMissing kw_counting_missing Figure ["counting missing as"] ["缺者按"]
    ScoredBy kw_scored_by Plain ["scored by"] []
    Every kw_every Plain ["every"] ["每"]
    Some kw_some Plain ["some"] ["存在"]
    Has kw_has Plain ["has"] ["均"]
    SuchThat kw_such_that Plain [] ["使"]
    NamesIn kw_names_in Plain ["names in"] ["名单"]
    RankOf kw_rank_of Plain ["rank of"] []
    RankAmong kw_rank_among Plain [] ["中的排名"]
    TiesShare kw_ties_share Plain ["ties share"] ["并列同名次"]
    TiesDense kw_ties_dense Plain ["ties dense"] ["并列不占位"]
    TiesAveraged kw_ties_averaged Plain ["ties averaged"] ["并列取平均"]
    TiesInOrder kw_ties_in_order Plain ["ties in order"] ["并列按序"]
    Top kw_top Figure ["top"] ["前"]
    TiesAllIn kw_ties_all_in Plain ["ties all in"] ["并列全取"]
    TiesAllOut kw_ties_all_out Plain ["ties all out"] ["并列全不取"]
    Split kw_split Plain ["split"] ["分配"]
    ToUnit kw_to_unit Figure ["to"] ["精确到"]
    RemainderByLargest kw_remainder_by_largest Plain ["remainder by largest fraction"] ["余数按小数大者"]
    RemainderToFirst kw_remainder_to_first Plain ["remainder to the first"] ["余数归首位"]
    RemainderToLast kw_remainder_to_last Plain ["remainder to the last"] ["余数归末位"]
    // What has no numbers.
    Indicator kw_indicator Plain ["indicator"] ["观察指标"]
    ObservedOn kw_observed_on Plain ["on"] ["评以"]
    TakenFrom kw_taken_from Plain ["from"] ["来自"]
    ByPeople kw_by_people Plain ["by"] ["由"]
    Procedure kw_procedure Plain ["procedure"] ["程序"]
    ProcedureStep kw_procedure_step Plain ["step"] ["步骤"]
    OnDay kw_on_day Figure ["on day"] ["于"]
    ByDay kw_by_day Figure ["by day"] ["不迟于"]
    DayOfMonth kw_day_of_month Plain [] ["日"]
    LastMonth kw_last_month Figure ["of the last month"] ["末月"]
    BeforeEndOfMonth kw_before_end_of_month Plain ["before end of month"] ["不迟于 月末"]
    BeforeEndOfQuarter kw_before_end_of_quarter Plain ["before end of quarter"] ["不迟于 季末"]
    BeforeEndOfHalfYear kw_before_end_of_half_year Plain ["before end of half year"] ["不迟于 半年末"]
    BeforeEndOfYear kw_before_end_of_year Plain ["before end of year"] ["不迟于 年末"]
    Within kw_within Plain ["within"] []
    CountedFrom kw_counted_from Plain [] ["自"]
    Onward kw_onward Figure [] ["起"]
    Inside kw_inside Plain [] ["内"]
    AsNeeded kw_as_needed Plain ["as needed"] ["必要时"]
    Requires kw_requires Plain ["requires"] ["须附"]
    After kw_after Plain ["after"] ["后于"]
    GivesRecord kw_gives_record Plain ["gives"] ["提交"]
    KeptFor kw_kept_for Figure ["kept for"] ["保存"]
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
    UnitSeconds kw_unit_seconds Unit ["seconds", "second"] ["秒"]
    UnitMinutes kw_unit_minutes Unit ["minutes", "minute"] ["分钟"]
    UnitHours kw_unit_hours Unit ["hours", "hour"] ["小时"]
    UnitDays kw_unit_days Unit ["days", "day"] ["天"]
    UnitMonths kw_unit_months Unit ["months", "month"] ["个月"]
    UnitYears kw_unit_years Unit ["years", "year"] ["年"]
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
    "and",
    "or",
    "then",
    "else",
    "cite",
    "says",
    "assumed", //
    "且",
    "或",
    "则",
    "否则",
    "条款",
    "原文",
    "推定",
    "无从计算则",
];

/// First words of the clauses of an input, which no member of a list can be called where a comma
/// stands before it.
pub(crate) static CLAUSES: &[&str] = &[
    "optional",
    "only",
    "several",
    "lower",
    "higher",
    "step",
    "summing",
    "unique",
    "in", //
    "可缺",
    "仅当",
    "多个取平均",
    "越低越好",
    "越高越好",
    "步长",
    "合计为",
    "不重复",
    "依次",
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
    "extends",
    "沿用",
    "edition",
    "版本",
    "each",
    "逐一",
    "run",
    "连续次数",
    "carry",
    "结转",
    "require",
    "要求",
    "reading",
    "解读",
    "indicator",
    "观察指标",
    "procedure",
    "程序",
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
