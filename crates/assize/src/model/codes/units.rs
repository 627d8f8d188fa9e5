//! Findings about types and units: what cannot be added, compared, counted or rounded.

use crate::diagnostic::{Code, Severity};

pub(crate) static TYPE_MISMATCH: Code = Code {
    name: "type-mismatch",
    severity: Severity::Error,
    page_en: "Two things meet that do not go together, such as an answer of yes or no in a sum, a \
              text compared with a figure, or options compared by size. The finding says what each \
              side is. Nothing is converted silently: a yes that counted as one point would be a \
              rule that nobody wrote. Say what is meant, for example `if inspected then 1 else 0`.",
    page_zh: "两样不能放在一起的东西相遇了，例如是或否参加了加法、文字与数值比较、选项之间比大小。\
              提示中写明了两边各是什么。系统不会自动换算：把“是”当成一分，就成了一条谁也没写过的规则。\
              请写明本意，例如“若 已检查 则 1 否则 0”。",
    wrong: r#"
scheme inspection "检查考核" {
    input inspected "是否检查" : flag
    input found "发现问题" : count, lower is better
    let sum = found + inspected
    result sum
}
"#,
    right: r#"
scheme inspection "检查考核" {
    input inspected "是否检查" : flag
    input found "发现问题" : count, lower is better
    let sum = found + (if inspected then 1 else 0)
    result sum
}
"#,
};

pub(crate) static UNITS_MIXED: Code = Code {
    name: "units-mixed",
    severity: Severity::Error,
    page_en: "Points and yuan cannot be added, compared or put into one group; nor can two amounts \
              of money be multiplied. A regulation that turns points into money says at which rate: \
              write that rate, `points * 50 yuan`. An amount of money always has its unit.",
    page_zh: "分值与金额不能相加、比较，也不能放进同一组；两个金额也不能相乘。条文如果把分折成钱，一定写了折算标准，\
              请照写，例如“扣分 * 50元”。金额一律要写单位。",
    wrong: r#"
scheme pay "绩效工资" {
    input base "基本工资" : money 0..
    input score "绩效得分" : points 0..100
    let pay = base + score
    result pay
}
"#,
    right: r#"
scheme pay "绩效工资" {
    input base "基本工资" : money 0..
    input score "绩效得分" : points 0..100
    let pay = base + score * 10 yuan
    result pay
}
"#,
};

pub(crate) static PERCENT_AGAINST_NUMBER: Code = Code {
    name: "percent-against-number",
    severity: Severity::Error,
    page_en: "90 and 90 % are not the same figure: 90 % is 0.9. A ratio, or a quotient of two \
              counts, lies between 0 and 1, so compared with 90 it is always smaller, and everybody \
              would fall into the lowest band. Write the percent sign where a ratio stands, or \
              bring the ratio to the other scale with `* 100`.",
    page_zh: "90 与 90% 不是同一个数：90% 就是 0.9。比率（包括两个次数相除）在 0 到 1 之间，与 90 比较永远偏小，\
              结果人人都落在最低一档。比率旁边请写百分号，或先乘以 100 换成同一尺度。",
    wrong: r#"
scheme replies "回复率考核" {
    input rate "回复率" : ratio 0%..100%
    item replies "回复" out of 10 cite "四、2" {
        score by rate {
            from 90   => 10
            otherwise => 0
        }
    }
}
"#,
    right: r#"
scheme replies "回复率考核" {
    input rate "回复率" : ratio 0%..100%
    item replies "回复" out of 10 cite "四、2" {
        score by rate {
            from 90%  => 10
            otherwise => 0
        }
    }
}
"#,
};

pub(crate) static NOT_A_CONDITION: Code = Code {
    name: "not-a-condition",
    severity: Severity::Error,
    page_en: "Behind `when`, `if`, `and`, `or` and `not` stands something that is yes or no. A count \
              is neither; is it meant that there is at least one? Then write `complaints > 0`. \
              Saying it keeps the reader from guessing, and the limit visible when it changes.",
    page_zh: "“当”“若”“且”“或”“非”后面应是成立或不成立的条件，而次数、分值不是条件。如果意思是“至少有一次”，\
              请写“投诉 > 0”。写清楚，读的人不用猜，以后改界限也找得到地方。",
    wrong: r#"
scheme complaints "投诉考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 20 when complaints
    }
}
"#,
    right: r#"
scheme complaints "投诉考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 20 when complaints > 0
    }
}
"#,
};

pub(crate) static NEEDS_A_LIST: Code = Code {
    name: "needs-a-list",
    severity: Severity::Error,
    page_en: "`sum`, `mean`, `min`, `max` and `count` work on several figures, and here stands a \
              single one: its mean is itself, so something else must have been meant. Name a list \
              or a map, or write the figures in brackets, `mean of (a, b)`. If data gives several \
              figures for one input, declare it as `list of …` or with `several are averaged`.",
    page_zh: "“合计”“平均”“最大”“最小”“个数”要用在多个数上，而这里只有一个数，它的平均就是它自己，显然另有所指。\
              请写列表名，或把几个数写在括号里：平均(a, b)。如果同一项会填多个数，请声明为“列表”，或加上“多个取平均”。",
    wrong: r#"
scheme review "评审" {
    input first, second : points 0..100
    let score = mean of first
    result score
    result second
}
"#,
    right: r#"
scheme review "评审" {
    input first, second : points 0..100
    let score = mean of (first, second)
    result score
    result second
}
"#,
};

pub(crate) static PER_NEEDS_A_COUNT: Code = Code {
    name: "per-needs-a-count",
    severity: Severity::Error,
    page_en: "`deduct 2 per X` deducts for each whole X, so X is a count: complaints, days, cases. \
              Half a minute has no such meaning until the regulation says how a broken unit counts. \
              Declare the input as `count`, or say it: `per full 10 of X` (每满) drops the rest, \
              `per started 10 of X` (每不足…按一次) counts it as a whole one, `in proportion per 10 of X` \
              (按比例) as its share.",
    page_zh: "“每 X 扣2分”是按整次数扣分，X 应是可数的：投诉几起、迟到几次、延误几天。分钟、金额一类的数会有零头，\
              零头怎么算要写明：“每满 10”零头不计，“每不足 10 按一次”零头按一次计，“按比例 每 10”按比例折算。\
              本来就是次数的，请把输入声明为“次数”。",
    wrong: r#"
scheme waiting "等候时间考核" {
    input overtime "超时分钟" : number 0.., lower is better
    item waiting "等候" out of 20 cite "三、4" {
        start at 20
        deduct 2 per overtime
    }
}
"#,
    right: r#"
scheme waiting "等候时间考核" {
    input overtime "超时分钟" : number 0.., lower is better
    item waiting "等候" out of 20 cite "三、4" {
        start at 20
        deduct 2 per full 10 of overtime
    }
}
"#,
};

pub(crate) static EMPTY_RANGE: Code = Code {
    name: "empty-range",
    severity: Severity::Error,
    page_en: "The range leaves no value: its lower end lies above its upper end, its step is not \
              above zero, or a scheme ends before it begins. Every row of data would be refused. \
              Usually the two ends are in the wrong order; the smaller one, or the earlier day, \
              stands first.",
    page_zh: "这个范围里没有任何值：下限高于上限，步长不大于零，或施行的截止日期早于起始日期。这样所有数据都会被拒收。\
              多半是两端写反了，小的数（早的日期）写在前面。",
    wrong: r#"
scheme review "评审" {
    input score "得分" : points 100..0
    result score
}
"#,
    right: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    result score
}
"#,
};

pub(crate) static ROUNDING_IMPOSSIBLE: Code = Code {
    name: "rounding-impossible",
    severity: Severity::Error,
    page_en: "A figure is rounded to 0 up to 28 decimal places, or to a multiple of a figure above \
              zero. This one is neither, so there is nothing to round to. Write the number of \
              places, `round half up x to 2 places`, or the multiple, `to a multiple of 0.5`.",
    page_zh: "取舍要么保留 0 到 28 位小数，要么取某个大于零的数的倍数，而这里两样都不是，无法取舍。\
              请写明保留几位小数，如“四舍五入 x 保留 2 位小数”，或写明取几的倍数，如取 0.5 的倍数。",
    wrong: r#"
scheme review "评审" {
    input first, second : points 0..100
    result score = round half up mean of (first, second) to 1.5 places
}
"#,
    right: r#"
scheme review "评审" {
    input first, second : points 0..100
    result score = round half up mean of (first, second) to 1 places
}
"#,
};
