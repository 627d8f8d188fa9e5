//! Steps of a procedure that the calendar does not let follow each other.
//!
//! Days that a month does not have are told where the model is made.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Model;
use crate::procedure::too_early;
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&STEP_DUE_TOO_EARLY];

static STEP_DUE_TOO_EARLY: Code = Code {
    name: "step-due-too-early",
    severity: Severity::Error,
    page_en: "A step must come after another one, and is due before that one can begin. Nobody can \
              keep this, and every record would show a breach. A procedure's days lie in the period \
              in which the act falls: what is collected from day 25 and paid out by day 20 is paid \
              out in the month after, about another month. Correct the days, or take the `after` \
              away; what belongs to the month before is a procedure of its own.",
    page_zh: "某个步骤必须排在另一步骤之后，期限却在那一步开始之前就到了。谁也做不到，每次核对都会判为违规。\
              程序中的日子落在实际办理的那个周期里：25 日起收集、20 日前发放，发放的其实是下个月、另一个周期的事。\
              请改正日子，或去掉“后于”；属于上个周期的事，请另立一个程序。",
    wrong: r#"
scheme pay "绩效考核" {
    procedure monthly "每月考核" every month cite "四" {
        step tally "统计汇总", on day 21..25
        step pay "发放绩效奖金", by day 20, after tally
    }
}
"#,
    right: r#"
scheme pay "绩效考核" {
    procedure monthly "每月考核" every month cite "四" {
        step tally "统计汇总", on day 10..15
        step pay "发放绩效奖金", by day 20, after tally
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for procedure in &model.procedures {
        for early in too_early(procedure) {
            let (step, after) = (early.step.shown(), early.after.shown());
            let (last, begins) = (early.last, early.begins);
            found.push(
                Diagnostic::new(
                    &STEP_DUE_TOO_EARLY,
                    early.step.origin.span,
                    words!(
                        "{step} must come after {after}, which cannot begin before {begins}, and is due by {last}",
                        "“{step}”要排在“{after}”之后，而后者最早 {begins} 才能开始，它却须在 {last} 前完成"
                    ),
                )
                .with_label(
                    early.after.origin.span,
                    words!("this step comes first", "应先做这一步"),
                )
                .with_help(words!(
                    "correct the days of one of them, or take `after` away",
                    "请改正其中一步的日子，或去掉“后于”"
                )),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    fn told(steps: &str) -> Vec<String> {
        let text =
            format!("scheme s {{\nprocedure p \"p\" every month cite \"1\" {{\n{steps}\n}}\n}}");
        let found = crate::check(&text).diagnostics;
        let early = found
            .iter()
            .filter(|found| found.code.name == "step-due-too-early");
        early.map(|found| found.message.en.clone()).collect()
    }

    #[test]
    fn both_on_one_day_can_follow_each_other() {
        assert_eq!(
            told("step a, on day 20..25\nstep b, by day 20, after a"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_waits_for_a_step_that_waits_is_told_too() {
        // b has no days of its own, and cannot be done before the 21st either.
        assert_eq!(
            told("step a, on day 21\nstep b, after a\nstep c, by day 20, after b"),
            ["c must come after b, which cannot begin before 2023-01-21, and is due by 2023-01-20"]
        );
    }

    #[test]
    fn a_month_that_is_too_short_is_found() {
        // Only a February without a leap day brings the 30th down to the 28th; the others have it.
        assert_eq!(
            told("step a, on day 30\nstep b, by day 29, after a"),
            ["b must come after a, which cannot begin before 2023-01-30, and is due by 2023-01-29"]
        );
        // In a leap year the 29th is there, and the 28th is over.
        assert_eq!(
            told("step a, on day 29\nstep b, by day 31, after a"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn steps_of_other_rhythms_and_those_done_where_needed_say_nothing() {
        for steps in [
            "step a, every quarter, by day 30 of the last month\nstep b, by day 20, after a",
            "step a, on day 25, as needed\nstep b, by day 20, after a",
            "step a, on day 25\nstep b, by day 20",
            "step a, on day 25\nstep b, within 3 days of a",
        ] {
            assert_eq!(told(steps), Vec::<String>::new(), "{steps}");
        }
    }

    #[test]
    fn a_step_that_counts_from_one_waits_for_another() {
        // a ends on the 12th and b three days later; c begins on the 16th.
        assert_eq!(
            told("step a, on day 10..12\nstep c, on day 16\nstep b, within 3 days of a, after c"),
            ["b must come after c, which cannot begin before 2023-01-16, and is due by 2023-01-15"]
        );
        assert_eq!(
            told("step a, on day 10..13\nstep c, on day 16\nstep b, within 3 days of a, after c"),
            Vec::<String>::new()
        );
    }
}
