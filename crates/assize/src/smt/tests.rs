//! What the text says, line by line, of schemes that are small enough to be written by hand.

use super::Inexpressible;
use crate::scheme::check;

fn text(scheme: &str) -> Result<String, Inexpressible> {
    let checked = check(&format!("scheme small \"小\" {{\n{scheme}\n}}"));
    let Some(scheme) = checked.draft else {
        panic!("{scheme}\n{:#?}", checked.diagnostics);
    };
    scheme.to_smt()
}

/// Whether the text holds these lines in this order; the numbers of nodes are left out.
fn check_lines(scheme: &str, expected: &str) {
    let text = text(scheme).unwrap();
    let mut lines = text.lines().map(without_numbers);
    for wanted in expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        assert!(
            lines.any(|line| line == wanted),
            "not there, or not behind the line before it: {wanted}\n{text}"
        );
    }
}

/// `|12 total missing|` as `|total missing|`.
fn without_numbers(line: &str) -> String {
    let parts = line.split('|').enumerate().map(|(place, part)| {
        let digits = part.trim_start_matches(|sign: char| sign.is_ascii_digit());
        match digits.strip_prefix(' ') {
            Some(rest) if place % 2 == 1 && digits != part => rest,
            _ => part,
        }
    });
    parts.collect::<Vec<_>>().join("|")
}

#[test]
fn an_item_and_a_range() {
    check_lines(
        "input late \"迟到\" : count 0..9
        item posted \"公告\" out of 20 {
            start at 20
            deduct 3 per late
            round half up to 1 place
        }
        guarantee posted in 5..20",
        "
        (set-logic ALL)
        ; late 迟到
        (declare-const |input late given| Bool)
        (declare-const |input late| Int)
        (define-fun |late| () Real (to_real |input late|))
        (define-fun |posted| () Real (* 3.0 |late|))
        (define-fun |posted| () Real (- 20.0 |posted|))
        (define-fun |posted| () Real (* (ite (>= |posted| 0.0) (to_real (to_int (+ (* |posted| 10.0) 0.5))) (- (to_real (to_int (- (- (* |posted| 10.0) 0.5)))))) 0.1))
        (define-fun |posted| () Real (ite (< |posted| 0.0) 0.0 |posted|))
        (define-fun |posted| () Real (ite (< 20.0 |posted|) 20.0 |posted|))
        ; posted 公告
        (define-fun |result posted| () Real |posted|)
        (define-fun |result posted there| () Bool true)
        ; guarantee posted in 5..20
        (push 1)
        (assert (and |scored| (or (< |posted| 5.0) (< 20.0 |posted|))))
        (check-sat)
        (pop 1)
        ",
    );
}

/// What is missing, not asked, and divided by zero.
#[test]
fn the_ways_to_lack_a_value() {
    check_lines(
        "input inspected \"检查\" : flag
        input issues \"问题\" : count, only when inspected
        input cases \"件数\" : number 0..
        let share = (if inspected then issues else 0) * 1 / cases
        result share = share otherwise no value
        result other = if inspected then 5",
        "
        (define-fun |issues missing| () Bool (and |input inspected| (not |input issues given|)))
        (define-fun |share| () Real (ite |input inspected| |issues| 0.0))
        (define-fun |share| () Real (ite (= |input cases| 0.0) 0.0 (/ |share| |input cases|)))
        (define-fun |share empty| () Bool (= |input cases| 0.0))
        (define-fun |result share there| () Bool (not |share empty|))
        (define-fun |result other| () Real 5.0)
        (define-fun |result other there| () Bool |input inspected|)
        ",
    );
}

/// A second subject with one more complaint, then one without the figure of the secret visit.
#[test]
fn claims_about_two_subjects() {
    check_lines(
        "input complaints \"投诉\" : count
        input secret \"暗访\", open \"明查\" : points 0..100, optional
        group service \"服务\" {
            60% of secret
            40% of open
            missing => weigh the rest equally
            all missing => count as zero
        }
        total { deduct complaints }
        guarantee total never rises with complaints
        guarantee total never gains by missing secret",
        "
        ; guarantee total never rises with complaints
        ; more of 投诉
        (push 1)
        (declare-const |input complaints moved| Int)
        (define-fun |complaints moved| () Real (to_real |input complaints moved|))
        (check-sat)
        (pop 1)
        ; guarantee total never gains by missing secret
        ; without 暗访
        (push 1)
        (check-sat)
        (pop 1)
        ",
    );
}

/// What has no term is named with its place; nothing is put approximately.
#[test]
fn what_cannot_be_said() {
    let refused = |scheme: &str, what: &str, place: &str| {
        let error = text(scheme).unwrap_err();
        assert!(error.what.en.contains(what), "{error}");
        let whole = format!("scheme small \"小\" {{\n{scheme}\n}}");
        let found = error.span.of(&whole);
        assert!(found.contains(place), "{found}");
    };
    refused(
        "input marks \"得分\" : list of points 0..10\nresult mean = mean of marks",
        "a list",
        "marks",
    );
    refused(
        "input day \"日期\" : date\nresult later = day + 1 month",
        "months",
        "later",
    );
    refused(
        "input x \"数\" : number 0..\nresult root = round half up square root of x to 2 places",
        "root",
        "root",
    );
    refused(
        "input who \"姓名\" : text\nresult same = if who = \"甲\" then 1 else 2",
        "text",
        "same",
    );
}

#[test]
fn the_same_scheme_gives_the_same_text_in_whole_symbols() {
    let scheme = "input mod \"余数\", 件数 \"件数\" : number 0..
        result share = mod * 1 / 件数 otherwise 0";
    let first = text(scheme).unwrap();
    assert_eq!(first, text(scheme).unwrap());
    // A name that SMT-LIB has taken stands behind a word of ours.
    assert!(first.contains("(declare-const |input mod| Real)"));
    for line in first.lines().filter(|line| !line.starts_with(';')) {
        let open = line.matches('(').count();
        assert_eq!(open, line.matches(')').count(), "{line}");
        assert!(line.matches('|').count() % 2 == 0, "{line}");
        let outside = line.split('|').step_by(2);
        assert!(outside.clone().all(str::is_ascii), "{line}");
    }
}
