//! Where comments, blank lines and line ends go, what is left alone, and what hostile texts cost.

use super::formatted;
use super::sample::WELFARE;
use crate::syntax::to_text::{FormatError, Keywords, format_checked};
use crate::text::Limits;

/// Checks one text against its layout, in the language it is written in.
#[track_caller]
fn layout(written: &str, expected: &str) {
    assert_eq!(formatted(written, Keywords::Keep), expected);
}

#[test]
fn comments_keep_their_places() {
    layout(
        "\
#before the file

##  second
scheme t { # behind the brace

  # own line


  # after a blank
  out of 100   # beside
  item x out of 100 { # on the head
    start at 100 # beside a line
    # last in the block
  }
  # between

  choice c { # on the choice
    a, # beside a
    # before b
    b
    # last option
  }
  grade by total {
    from 90 => a # beside a row
    # a comment parts the rows
    otherwise => b
  }
  # last in the scheme
}
# after the file

# the end",
        "\
# before the file

# second
scheme t {  # behind the brace
    # own line

    # after a blank
    out of 100  # beside
    item x out of 100 {  # on the head
        start at 100  # beside a line
        # last in the block
    }
    # between

    choice c {  # on the choice
        a  # beside a
        # before b
        b
        # last option
    }
    grade by total {
        from 90 => a  # beside a row
        # a comment parts the rows
        otherwise => b
    }
    # last in the scheme
}
# after the file

# the end
",
    );
}

#[test]
fn comments_within_a_statement_come_before_it() {
    layout(
        "scheme t {\nlet x = a + # first\n  b # second\nitem y { # head\nstart at 5\n} # behind\nresult z { a, # of a\n b }\n}",
        "\
scheme t {
    # first
    let x = a + b  # second
    item y {  # head
        start at 5
    }  # behind
    # of a
    result z {
        a
        b
    }
}
",
    );
}

#[test]
fn a_comment_behind_a_closing_brace_stays_there() {
    layout(
        "\
scheme t {
item y {
start at 5
} # behind y
item z { start at 5 } # behind z
choice c best first { # beside c
a
b } # behind c
choice d { a, b } # behind d
input m : count per { # beside m
a # key
b
} = 0 # behind m
grade by x { from 5 => a, otherwise => b } # behind the grade
table k by x between points {
5 => 1
6 => 7
} hold the ends # behind the ends
}",
        "\
scheme t {
    item y {
        start at 5
    }  # behind y
    item z {
        start at 5
    }  # behind z
    choice c best first {  # beside c
        a
        b
    }  # behind c
    choice d { a, b }  # behind d
    input m : count per {  # beside m
        a  # key
        b
    } = 0  # behind m
    grade by x { from 5 => a, otherwise => b }  # behind the grade
    table k by x between points {
        5 => 1
        6 => 7
    } hold the ends  # behind the ends
}
",
    );
}

#[test]
fn a_comment_at_any_place_is_kept() {
    let limits = Limits::default();
    let places = |text: &'static str| {
        text.char_indices()
            .filter(|(_, c)| matches!(c, ' ' | '\n'))
            .map(|(at, _)| at)
    };
    // Every line that ends a statement or a brace has a comment already.
    let commented = |line: &str| match line.trim_end().ends_with([',', '=']) {
        true => format!("{line}\n"),
        false => format!("{line} # 旁\n"),
    };
    for comment in [" # 注\n", "\n# 注\n", " 5 5 ", " { # 注\n"] {
        for at in places(WELFARE).step_by(11) {
            let (before, after) = WELFARE.split_at(at);
            let mut text: String = after.lines().map(commented).collect();
            text.insert_str(0, comment);
            text.insert_str(0, before);
            match format_checked(&text, &limits, Keywords::Keep) {
                Ok(_) | Err(FormatError::Unreadable(_)) => {}
                Err(error) => panic!("{comment:?} at {at}: {error:?}\n{text}"),
            }
        }
    }
}

#[test]
fn blank_lines_stay_but_not_many_and_not_at_braces() {
    layout(
        "scheme t {\n\n\nout of 10\n\n\n\nitem x {\n\nstart at 10\n\n}\nresult total\n\n}\n\n",
        "scheme t {\n    out of 10\n\n    item x {\n        start at 10\n    }\n    result total\n}\n",
    );
}

#[test]
fn signs_of_an_input_method_become_plain_outside_quotes() {
    layout(
        "方案 t “甲，乙” ｛\n输入 a “甲：” ： 次数，可缺；输入 b ： 数值 ０．．１００\n令 x ＝ （a ＋ b） × ２ ÷ ３\n依据 《考评（试行）》\n选项 c ｛ 一，二、三 ｝\n令 y ＝ a ≥ １ 且 b ≠ ２ # 注，释\n｝\n",
        "\
方案 t \"甲，乙\" {
    输入 a \"甲：\" : 次数, 可缺
    输入 b : 数值 0..100
    令 x = (a + b) * 2 / 3
    依据 《考评（试行）》
    选项 c { 一, 二, 三 }
    令 y = a >= 1 且 b <> 2  # 注，释
}
",
    );
}

#[test]
fn quotes_are_ones_that_the_text_does_not_contain() {
    layout(
        "scheme t {\nitem a “甲” { start at 1 }\nitem b 「含\"引号\"」 { start at 1 }\nitem c “含\"和」” { start at 1 }\n}",
        "\
scheme t {
    item a \"甲\" {
        start at 1
    }
    item b 「含\"引号\"」 {
        start at 1
    }
    item c “含\"和」” {
        start at 1
    }
}
",
    );
}

#[test]
fn each_statement_keeps_its_language() {
    layout(
        "方案 t {\ninput a : count\n输入 b : count\n等级 by total { 95分以上 => 优\nfrom 90 为 良\n其余 => 差 }\ngroup g out of 100 { 40% of a\nb 占 60%\na 缺项 => count as zero }\n}",
        "\
方案 t {
    input a : count
    输入 b : 次数
    等级 按 total {
        不低于95分 为 优
        不低于90   为 良
        其余       为 差
    }
    group g out of 100 {
        40% of a
        b 占60%
        a 缺项 => 按零分计
    }
}
",
    );
}

#[test]
fn long_lines_go_on_four_deeper() {
    layout(
        "scheme t {\ninput customer_feedback, skill_training, work_skill, teamwork, attitude, punctuality, complaint_feedback : points 0..100\nresult conflict \"等级与总体评价相抵触\" = (satisfied and grade = 不合格) or (unsatisfied and grade is one of 优良, 合格)\nno result not_inspected_and_no_complaint \"不出具考评意见\" when not inspected and valid_complaints + major_complaints = 0 cite \"六、5\"\n}",
        "\
scheme t {
    input customer_feedback, skill_training, work_skill, teamwork, attitude, punctuality,
        complaint_feedback : points 0..100
    result conflict \"等级与总体评价相抵触\" = (satisfied and grade = 不合格)
        or (unsatisfied and grade is one of 优良, 合格)
    no result not_inspected_and_no_complaint \"不出具考评意见\" when not inspected
        and valid_complaints + major_complaints = 0 cite \"六、5\"
}
",
    );
}

#[test]
fn a_line_ends_behind_the_equals_sign_where_nothing_else_helps() {
    let (name, value) = ("a".repeat(60), "b".repeat(60));
    layout(
        &format!("scheme t {{\nlet {name} = {value}\n}}"),
        &format!("scheme t {{\n    let {name} =\n        {value}\n}}\n"),
    );
}

#[test]
fn short_lists_stay_on_the_line_they_were_written_on() {
    layout(
        "scheme t {\nchoice a {x, y}\nchoice b {\nx, y}\nchoice long { aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccccccccccccccccccccccccccc }\ngrade by total { from 9 => x; otherwise => y }\n}",
        "\
scheme t {
    choice a { x, y }
    choice b {
        x
        y
    }
    choice long {
        aaaaaaaaaaaaaaaaaaaaaaaaa
        bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        cccccccccccccccccccccccccccccccccccccccccccccccc
    }
    grade by total { from 9 => x, otherwise => y }
}
",
    );
}

#[test]
fn what_cannot_be_read_stays_as_it_stands() {
    let text = "scheme t {\nout  of 100\ndeduct   5 if late # 一\n  item x  {\n start at\n   5 5\nstart  at 5 }\n}\n";
    let formatted = format_checked(text, &Limits::default(), Keywords::Chinese);
    let formatted = formatted.expect("holes stay");
    assert!(
        formatted.starts_with("方案 t {\n    满分100\n    deduct   5 if late  # 一\n"),
        "{formatted}"
    );
}

#[test]
fn a_text_with_a_lost_brace_is_left_alone() {
    for text in [
        "scheme t {\n    item x {\n        start at 5\n    grade by x {\n        otherwise => a\n    }\n}\n",
        "",
        "item x { start at 5 }\n",
        "scheme t {\n}\n}\n",
    ] {
        let result = format_checked(text, &Limits::default(), Keywords::Keep);
        assert!(
            matches!(result, Err(FormatError::Unreadable(_))),
            "{text}\n{result:?}"
        );
    }
}

#[test]
fn line_ends_of_other_systems_become_plain() {
    layout(
        "scheme t {\r\n\r\nout of 5 # a\r\n\r\n}\r\n# b\r\n",
        "scheme t {\n    out of 5  # a\n}\n# b\n",
    );
}

#[test]
fn a_character_less_never_loses_anything() {
    let limits = Limits::default();
    for (at, character) in WELFARE.char_indices().step_by(61) {
        let mut text = WELFARE.to_owned();
        text.replace_range(at..at + character.len_utf8(), "");
        for keywords in [Keywords::Keep, Keywords::Chinese] {
            match format_checked(&text, &limits, keywords) {
                Ok(_) | Err(FormatError::Unreadable(_)) => {}
                Err(error) => panic!("without {character:?} at {at}: {error:?}"),
            }
        }
    }
}

#[test]
fn hostile_texts_are_answered_in_time() {
    let mebibyte = |part: &str| part.repeat((1 << 20) / part.len());
    for body in ["(", "{", "「", "#", "a ", "1+", "# a\n", ";", "\n", "}"] {
        let text = format!("scheme t {{\n{}", mebibyte(body));
        let begun = std::time::Instant::now();
        let _ = format_checked(&text, &Limits::default(), Keywords::Chinese);
        assert!(
            begun.elapsed().as_secs() < 10,
            "{body:?} {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn deep_and_long_expressions_do_not_recurse() {
    let sum = format!("scheme t {{\nlet x = 1{}\n}}\n", " + 1".repeat(1_500));
    formatted(&sum, Keywords::Chinese);
    let list = format!(
        "scheme t {{\ninput {} : count\n}}\n",
        (0..1_500)
            .map(|n| format!("a{n}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    formatted(&list, Keywords::Chinese);
}

#[test]
fn a_list_of_maps_goes_on_between_its_maps() {
    layout(
        "scheme t {
    example {
        given months = [{ score 78, bonus_base 10000 yuan }, { score 79.5, bonus_base 10000 yuan }, { score 60, bonus_base 10000 yuan }]
        given people = { team [{ id \"a\", scores [{ q 1, mark 7 }, { q 2, mark 8 }] }, { id \"b\", scores [{ q 1, mark 7 }, { q 2, mark 8 }] }], n 1 }
    }
}
",
        "scheme t {
    example {
        given months = [{ score 78, bonus_base 10000 yuan }, { score 79.5, bonus_base 10000 yuan },
            { score 60, bonus_base 10000 yuan }]
        given people = { team [{ id \"a\", scores [{ q 1, mark 7 }, { q 2, mark 8 }] },
            { id \"b\", scores [{ q 1, mark 7 }, { q 2, mark 8 }] }], n 1 }
    }
}
",
    );
}

#[test]
fn a_long_condition_goes_on_before_its_words() {
    layout(
        "scheme t {
    result hotline_within_limit \"客服熱線時限內的比例\" = share of (waits.hotline where it <= limits.hotline_limit_seconds) otherwise no value
    let hotline_within_the_limit = count of (waits.hotline where it <= limits.hotline_limit and it >= limits.least_seconds)
    refuse conflict waits when waits.hotline_seconds - waits.other_seconds <= limits.hotline_limit and people_who_came_late > 3
}
",
        "scheme t {
    result hotline_within_limit \"客服熱線時限內的比例\" = share of (waits.hotline
        where it <= limits.hotline_limit_seconds) otherwise no value
    let hotline_within_the_limit = count of (waits.hotline where it <= limits.hotline_limit
        and it >= limits.least_seconds)
    refuse conflict waits when waits.hotline_seconds - waits.other_seconds <= limits.hotline_limit
        and people_who_came_late > 3
}
",
    );
}
