//! The welfare scheme in both keyword languages, and what surrounds statements: places, comments,
//! empty lines.

use super::super::{Comment, Kind};
use super::{clean, read, show};

const ENGLISH: &str = include_str!("schemes/welfare-en.scheme");
const IN_CHINESE_WORDS: &str = include_str!("schemes/welfare-en-in-chinese-words.scheme");
const CHINESE: &str = include_str!("schemes/welfare-zh.scheme");

#[test]
fn both_languages_give_one_tree() {
    let english = show::tree(&clean(ENGLISH).tree);
    let chinese = show::tree(&clean(IN_CHINESE_WORDS).tree);
    assert_eq!(english, chinese);
    // Written by hand from the English text.
    let expected = [
        "scheme welfare-service-502030 '客户满意度工作考评管理办法'",
        "  source 《服务客户满意度工作考评管理办法》",
        "  assesses unit '各单位' Some(Month)",
        "  out-of 100 cite(五)",
        "  choice satisfaction '客户评价' best-first [很满意, 基本满意, 一般, 不太满意, 很不满意]",
        "  input inspected '当月是否检查' : Flag",
        "  input issues_found '检查发现的问题' : Count only when inspected Lower",
        "  input answer either",
        "    input survey_level '客户评价' : satisfaction",
        "    input survey_counts '各档人数' : Count per satisfaction default 0",
        "  input valid_complaints '有效服务投诉' : Count Lower",
        "  input major_complaints '重大服务投诉' : Count Lower",
        "  no-result not_inspected_and_no_complaint '不出具考评意见' when ((Not inspected) and ((valid_complaints + major_complaints) = 0)) cite(六、5)",
        "  item standards '服务工作标准执行情况' out-of 50 cite(六、2)",
        "    start 50",
        "    Deduct 1 per each issues_found",
        "    missing any => CountAsFull assumed(未检查而有投诉的单位，本项按满分计)",
        "  item survey '客户满意度调查' out-of 20 cite(六、3)",
        "    score by answer averaged",
        "      很满意 => 20",
        "      基本满意 => 16",
        "      一般 => 12",
        "      不太满意 => 8",
        "      很不满意 => 4",
        "  item complaints '服务投诉' out-of 30 cite(六、4)",
        "    start 30",
        "    Deduct 6 per each valid_complaints",
        "    Deduct 12 per each major_complaints",
        "  grade - '等次' by total cite(六、1)",
        "    from 95 => 优秀",
        "    from 90 => 合格",
        "    otherwise => 不合格",
        "  guarantee total in 4..100",
        "  guarantee total never Rises with issues_found valid_complaints major_complaints",
        "  guarantee every grade reachable",
        "  example '一处问题，一起有效投诉'",
        "    given inspected = yes, issues_found = 1, survey_level = 基本满意, valid_complaints = 1, major_complaints = 0",
        "    expect standards = 49, survey = 16, complaints = 24, total = 89, grade = 不合格",
        "",
    ];
    assert_eq!(english, expected.join("\n"));
}

#[test]
fn the_sample_of_an_input_method_reads() {
    let expected = [
        "scheme welfare-service-502030 '客户满意度工作考评管理办法'",
        "  assesses 单位@unit '各单位' Some(Month)",
        "  out-of 100Points cite(五)",
        "  input 已检查@inspected '当月是否检查' : Flag",
        "  input 问题数@issues_found '检查发现的问题' : Count only when 已检查 Lower",
        "  item 服务标准@standards out-of 50Points cite(六、2)",
        "    start 50Points",
        "    Deduct 1Points per each 问题数",
        "    missing any => CountAsFull assumed(未检查而有投诉的单位，本项按满分计)",
        "  no-result not_inspected_and_no_complaint '不出具考评意见' when ((Not 已检查) and ((有效投诉 + 重大投诉) = 0)) cite(六、5)",
        "  grade - '等次' by 总分",
        "    from 95Points => 优秀",
        "    from 90Points => 合格",
        "    otherwise => 不合格",
        "",
    ];
    assert_eq!(show::tree(&clean(CHINESE).tree), expected.join("\n"));
}

fn texts(comments: &[Comment]) -> Vec<&str> {
    comments
        .iter()
        .map(|comment| comment.text.as_str())
        .collect()
}

#[test]
fn comments_stay_where_they_belong() {
    let text = "\
# before the scheme
scheme s { # at the scheme

    # own line
    let a = 1   # beside a

    item b out of 5 { # at the brace
        # before start
        start at 5 # beside start
        # at the end

        # after an empty line
    } # behind the brace
    choice c { # at c
        x, # beside x
        # before y
        y # beside y
        # last of c
    }
    let d = 1 +  # inside d
        2 # beside d
    # last of the scheme
}
# after the scheme
";
    let parsed = clean(text);
    let tree = &parsed.tree;
    assert_eq!(texts(&tree.before), ["before the scheme"]);
    assert_eq!(tree.scheme.beside.as_ref().unwrap().text, "at the scheme");
    assert_eq!(texts(&tree.after), ["after the scheme"]);
    let body = &tree.scheme.body;
    assert_eq!(texts(&body.comments), ["last of the scheme"]);
    let [a, b, c, d] = body.statements.as_slice() else {
        panic!("{:?}", body.statements)
    };
    assert_eq!(texts(&a.before), ["own line"]);
    assert_eq!(a.beside.as_ref().unwrap().text, "beside a");
    assert!(a.blank_before && b.blank_before && !c.blank_before && !d.blank_before);
    assert_eq!(b.beside.as_ref().unwrap().text, "at the brace");
    let Kind::Item(item) = &b.kind else { panic!() };
    assert_eq!(
        texts(&item.body.comments),
        ["at the end", "after an empty line"]
    );
    assert_eq!(b.behind.as_ref().unwrap().text, "behind the brace");
    assert!(item.body.comments[1].blank_before && !item.body.comments[0].blank_before);
    assert_eq!(texts(&item.body.statements[0].before), ["before start"]);
    assert_eq!(
        item.body.statements[0].beside.as_ref().unwrap().text,
        "beside start"
    );
    let Kind::Choice(choice) = &c.kind else {
        panic!()
    };
    assert_eq!(c.beside.as_ref().unwrap().text, "at c");
    assert_eq!(choice.options[0].beside.as_ref().unwrap().text, "beside x");
    assert_eq!(texts(&choice.options[1].before), ["before y"]);
    assert_eq!(choice.options[1].beside.as_ref().unwrap().text, "beside y");
    assert_eq!(texts(&choice.comments), ["last of c"]);
    assert_eq!(texts(&d.before), ["inside d"]);
    assert_eq!(d.beside.as_ref().unwrap().text, "beside d");
}

#[test]
fn places_cover_the_words_and_no_more() {
    let text = "scheme s {\n    item 标准 “标准” 满分50分 条款 “二” ｛  # c\n        起评50分   # d\n        扣 a ＋  b # e\n    ｝\n}\n";
    let parsed = clean(text);
    let statement = &parsed.tree.scheme.body.statements[0];
    assert_eq!(
        statement.head.of(text),
        "item 标准 “标准” 满分50分 条款 “二”"
    );
    assert!(statement.span.of(text).starts_with("item") && statement.span.of(text).ends_with('｝'));
    let Kind::Item(item) = &statement.kind else {
        panic!()
    };
    assert!(item.body.span.of(text).starts_with('｛') && item.body.span.of(text).ends_with('｝'));
    assert_eq!(item.out_of.as_ref().unwrap().span.of(text), "50分");
    assert_eq!(item.naming.label.as_ref().unwrap().span.of(text), "“标准”");
    assert_eq!(item.body.statements[0].span.of(text), "起评50分");
    let spans: Vec<&str> = parsed
        .tree
        .exprs
        .iter()
        .map(|expr| expr.span.of(text))
        .collect();
    assert_eq!(spans, ["50分", "a", "b", "a ＋  b"]);
    assert_eq!(parsed.tree.scheme.slug.span.of(text), "s");
}

#[test]
fn names_are_compared_in_normal_form() {
    // e and a combining accent, and the accented letter.
    let parsed = clean("scheme s {\n    let cafe\u{301} = 1\n}\n");
    assert_eq!(show::first(&parsed.tree), "let caf\u{e9} = 1");
}

#[test]
fn line_ends_and_marks_of_other_systems() {
    let text = "\u{FEFF}scheme s {\r\n    let a = 1\r\n\r\n    let b = 2\r}\r\n";
    let parsed = clean(text);
    assert_eq!(
        show::tree(&parsed.tree),
        "scheme s\n  let a = 1\n  let b = 2\n"
    );
    assert!(parsed.tree.scheme.body.statements[1].blank_before);
}

#[test]
fn a_hole_keeps_names_and_blocks() {
    let text = "scheme s {\n    iten a out of 10 {\n        start at 10\n        deduct 1 per b\n    }\n}\n";
    let parsed = read(text);
    assert_eq!(
        show::tree(&parsed.tree),
        "scheme s\n  HOLE [a]\n    start 10\n    Deduct 1 per each b\n"
    );
}
