//! Findings about full marks, weights, groups and the lines of tables and grades.

use crate::diagnostic::{Code, Severity};

pub(crate) static MARKS_NOT_POSITIVE: Code = Code {
    name: "marks-not-positive",
    severity: Severity::Error,
    page_en: "Full marks are points above zero, and so is the size of the unit behind `per full` \
              and its kin. An item out of 0 would always score 0, whatever happened. Write the \
              marks that the regulation gives, without a percent sign and without yuan; shares go \
              into a group, `40% of x`.",
    page_zh: "满分应为大于零的分值，“每满”“每不足”后面的数也应大于零。满分为零的指标，无论做得怎样都得零分。\
              请照条文写满分，不带百分号，也不写元；按比例计权的，请写在组里：“x 占40%”。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 0 cite "三" {
        start at 30
        deduct 5 per complaints
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 30 cite "三" {
        start at 30
        deduct 5 per complaints
    }
}
"#,
};

pub(crate) static TALLY_NOT_AVERAGED: Code = Code {
    name: "tally-not-averaged",
    severity: Severity::Error,
    page_en: "The data holds how many people gave each answer, and the line gives points for one \
              answer. It does not say how many answers become one score. If the average is meant, \
              write `score by answers, answers averaged`: each answer gets its points, and the mean \
              of all of them counts.",
    page_zh: "数据是各档的人数，而这一行是按一份答卷给分，没有写多份答卷怎样合成一个得分。\
              如果取平均，请写“按 … 计分，各答取平均”：每份答卷各得其分，再取平均。",
    wrong: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answers "各档人数" : count per satisfaction = 0
    item survey "调查" out of 20 cite "二" {
        score by answers {
            满意   => 20
            一般   => 10
            不满意 => 0
        }
    }
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answers "各档人数" : count per satisfaction = 0
    item survey "调查" out of 20 cite "二" {
        score by answers, answers averaged {
            满意   => 20
            一般   => 10
            不满意 => 0
        }
    }
}
"#,
};

pub(crate) static POINTS_MAKE_NO_LINE: Code = Code {
    name: "points-make-no-line",
    severity: Severity::Error,
    page_en: "`between points` joins points by straight lines, so it needs at least two of them, \
              each a figure and its value, `80% => 60`, with the figures rising from line to line. \
              Otherwise it is not said which value belongs to what lies between. Sort the lines by \
              the figure on the left, and delete one of two with the same figure.",
    page_zh: "“插值”是在各点之间连直线，至少要有两个点，每行写成“80% 为 60”，左边的数自上而下由小到大。\
              否则无法确定两点之间取什么值。请按左边的数由小到大排列；左边的数相同的两行，请删去一行。",
    wrong: r#"
scheme replies "回复率考核" {
    input rate "回复率" : ratio 0%..100%
    item replies "回复" out of 100 cite "四" {
        score by rate between points {
            90% => 90
            80% => 60
        } hold the ends
    }
}
"#,
    right: r#"
scheme replies "回复率考核" {
    input rate "回复率" : ratio 0%..100%
    item replies "回复" out of 100 cite "四" {
        score by rate between points {
            80% => 60
            90% => 90
        } hold the ends
    }
}
"#,
};

pub(crate) static WEIGHTS_AND_MARKS: Code = Code {
    name: "weights-and-marks",
    severity: Severity::Error,
    page_en: "A group weighs its members by percentages (`40% of x`) or by full marks (`item … out \
              of 40`), not by both: 40 % of one and 60 points of the other have no common whole, and \
              it would be a guess how much each counts. Write all members in one of the two ways.",
    page_zh: "一个组要么按百分比计权（x 占40%），要么按各项满分计权（指标 … 满分40分），不能混用：\
              40% 与 60 分没有共同的总数，各占多少只能靠猜。请把各项统一成一种写法。",
    wrong: r#"
scheme inspection "检查考核" {
    input mystery "暗访" : points 0..100
    input found "问题" : count, lower is better
    group inspection "检查" cite "五" {
        40% of mystery
        item onsite "明查" out of 60 {
            start at 60
            deduct 5 per found
        }
    }
}
"#,
    right: r#"
scheme inspection "检查考核" {
    input mystery "暗访" : points 0..100
    input found "问题" : count, lower is better
    group inspection "检查" cite "五" {
        item visit "暗访" out of 40 {
            score mystery * 40%
        }
        item onsite "明查" out of 60 {
            start at 60
            deduct 5 per found
        }
    }
}
"#,
};

pub(crate) static WEIGHT_WITHOUT_PERCENT: Code = Code {
    name: "weight-without-percent",
    severity: Severity::Error,
    page_en: "A weight is a percentage and has its sign: `50% of x`. Without it, 50 would weigh a \
              hundred times as much as 50 %. The finding offers the weight with its sign.",
    page_zh: "权重是百分比，要写百分号：“x 占50%”。少了百分号，50 就是 50% 的一百倍。提示中给出了补上百分号的写法。",
    wrong: r#"
scheme inspection "检查考核" {
    input mystery, onsite : points 0..100
    group inspection "检查" cite "五" {
        50 of mystery
        50% of onsite
    }
}
"#,
    right: r#"
scheme inspection "检查考核" {
    input mystery, onsite : points 0..100
    group inspection "检查" cite "五" {
        50% of mystery
        50% of onsite
    }
}
"#,
};

pub(crate) static BOUNDS_DIFFER: Code = Code {
    name: "bounds-differ",
    severity: Severity::Error,
    page_en: "Percentages of a group apply to figures of one scale. Here one member goes up to 10 \
              and another up to 100, so 50 % of each would let the second count ten times as much. \
              Bring them to one scale first, `let manner_100 = manner * 10`, or correct the range \
              of the input.",
    page_zh: "按百分比相加的各项应是同一满分。这里一项最高 10 分、另一项最高 100 分，各占 50% 时，\
              后者的影响是前者的十倍。请先换算到同一满分，如“令 百分制态度 = 态度 * 10”，或改正输入的范围。",
    wrong: r#"
scheme service "服务考核" {
    input speed "速度" : points 0..100
    input manner "态度" : points 0..10
    group service "服务" cite "五" {
        50% of speed
        50% of manner
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input speed "速度" : points 0..100
    input manner "态度" : points 0..10
    let manner_100 = manner * 10
    group service "服务" cite "五" {
        50% of speed
        50% of manner_100
    }
}
"#,
};

pub(crate) static GRADE_WITHOUT_LEVELS: Code = Code {
    name: "grade-without-levels",
    severity: Severity::Error,
    page_en: "The lines of a grade give levels, best first: `from 95 => 优秀`. Figures, or the name \
              of an input, are no levels, and nothing could be said about the best and the worst of \
              them. Write level names; for figures use a table, `table rate by total { from 95 => 1.2 \
              … }`.",
    page_zh: "等级各行给出的应是等级名称，由优到劣：“不低于95 为 优秀”。数值或输入的名称不是等级，分不出优劣。\
              请写等级名称；要按分数给出系数、金额等数值的，请用“对照表”。",
    wrong: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "系数" by score cite "六" {
        from 95   => 1.2
        otherwise => 1
    }
}
"#,
    right: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    table rate "系数" by score cite "六" {
        from 95   => 1.2
        otherwise => 1
    }
    result factor = rate of score
}
"#,
};

pub(crate) static LEVELS_NOT_ORDERED: Code = Code {
    name: "levels-not-ordered",
    severity: Severity::Error,
    page_en: "`no better than` and `one step lower` need to know which level is better. Lines such \
              as `from 90 => …` by a score tell it; lines such as `up to 2 => …` by a count do \
              not, unless the count is declared `lower is better` or `higher is better`. A \
              `choice … best first` with the levels always tells it.",
    page_zh: "“最高评为”“降一档”要知道各等级孰优孰劣。按得分写的“90分以上 为 …”看得出来；\
              按次数写的“不高于2 为 …”看不出来，除非该输入写了“越低越好”或“越高越好”。\
              把各等级列成“选项 … 由优到劣”则总能看出。",
    wrong: r#"
scheme levels-wrong "等次" {
    assesses unit "单位" every month
    input days "天数" : count
    input breach "违规" : flag
    grade level "等次" by days cite "一" {
        up to 2   => 短
        otherwise => 长
        when breach => one step lower
    }
}
"#,
    right: r#"
scheme levels-right "等次" {
    assesses unit "单位" every month
    input days "天数" : count, lower is better
    input breach "违规" : flag
    grade level "等次" by days cite "一" {
        up to 2   => 短
        otherwise => 长
        when breach => one step lower
    }
}
"#,
};
