//! Texts that are made to be long, deep or tangled: each is answered soon, and without a panic.
//!
//! Time is counted as the processor time of the thread where the system tells it, so that a busy
//! machine does not fail the tests.

use std::fmt::Write;
use std::time::Instant;

use assize::Checked;

/// How many statements a text has; the limit on a text is five times as many.
const MANY: usize = 2_000;

/// The most seconds that a check may take without optimisation.
const SECONDS: f64 = 5.0;

/// Seconds of this thread, from some beginning.
fn seconds(since: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(
            || since.elapsed().as_secs_f64(),
            |nanoseconds| nanoseconds / 1e9,
        )
}

/// Checks a scheme with these statements within the time.
fn soon(statements: &str) -> Checked {
    let text = format!("scheme s {{\n{statements}\n}}\n");
    let start = Instant::now();
    let before = seconds(start);
    let checked = assize::check(&text);
    let taken = seconds(start) - before;
    assert!(
        taken < SECONDS,
        "{taken} s for {}",
        &text[..text.len().min(200)]
    );
    assert!(checked.diagnostics.len() <= 100);
    checked
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.name)
        .collect()
}

/// One statement for each number.
fn each(numbers: impl IntoIterator<Item = usize>, statement: impl Fn(usize) -> String) -> String {
    numbers.into_iter().fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "    {}", statement(number));
        all
    })
}

const ITEM: &str = "item z out of 10 cite \"一\" {\n start at 10\n deduct last\n }\n";

#[test]
fn a_chain_of_figures_in_either_order() {
    let forwards = each(1..MANY, |i| format!("let x{i} = x{} + 0", i - 1));
    let last = MANY - 1;
    let checked = soon(&format!(
        "input a : count\nlet x0 = a\n{forwards}let last = x{last}\n{ITEM}"
    ));
    assert_eq!(codes(&checked), [""; 0]);
    let backwards = each(0..MANY, |i| format!("let x{i} = x{} + 0", i + 1));
    let checked = soon(&format!(
        "input a : count\n{backwards}let x{MANY} = a\nlet last = x0\n{ITEM}"
    ));
    assert_eq!(codes(&checked), [""; 0]);
}

#[test]
fn a_missing_value_at_the_end_of_a_long_chain_is_told() {
    let chain = each(1..MANY, |i| format!("let x{i} = x{} + 0", i - 1));
    let last = MANY - 1;
    let checked = soon(&format!(
        "input a : count, optional\nlet x0 = a\n{chain}let last = x{last}\n{ITEM}"
    ));
    assert_eq!(codes(&checked), ["missing-without-rule"]);
    let message = &checked.diagnostics[0].message.en;
    assert!(
        message.starts_with("a → ") && message.contains(" → … → ") && message.len() < 200,
        "{message}"
    );
}

#[test]
fn conditions_upon_conditions_raise_no_false_alarm() {
    let chain = each(1..MANY, |i| {
        format!("let x{i} = if x{0} > 1 then x{0} else -{i}", i - 1)
    });
    let last = MANY - 1;
    let checked = soon(&format!(
        "input a : count\nlet x0 = a\n{chain}let last = x{last}\n{ITEM}"
    ));
    assert_eq!(codes(&checked), [""; 0]);
    // Both branches of each lead back to a value that may be missing, under a fact that decides it.
    let twice = each(1..MANY, |i| {
        format!("let x{i} = if b{0} then x{1} else x{1}", i % 50, i - 1)
    });
    let flags = each(0..50, |i| format!("input b{i} : flag"));
    let checked = soon(&format!(
        "input a : count, optional\n{flags}let x0 = a\n{twice}let last = if given a then x{last} else 0\n{ITEM}"
    ));
    assert!(
        codes(&checked)
            .iter()
            .all(|code| *code == "missing-without-rule")
    );
    let flags = each(1..MANY, |i| {
        format!("let x{i} = x{0} and (x{0} or a)", i - 1)
    });
    soon(&format!(
        "input a : flag\nlet x0 = a\n{flags}consequence z when x{last} cite \"一\""
    ));
}

#[test]
fn many_items_and_one_group_of_many() {
    let items = each(0..MANY, |i| {
        format!("item i{i} out of 1 cite \"一\" {{ start at 1; deduct 1 per a }}")
    });
    soon(&format!("input a : count\n{items}"));
    let inputs = each(0..MANY, |i| format!("input a{i} : points 0..100, optional"));
    let weights = each(0..MANY, |i| format!("0.05% of a{i}"));
    let parts = each(0..MANY / 2, |i| format!("result p{i} = part of a{i}"));
    let checked = soon(&format!(
        "{inputs}group g cite \"一\" {{\n{weights}missing => weigh the rest equally\nall missing => no result none\n}}\n{parts}"
    ));
    assert!(checked.scheme.is_some(), "{:?}", codes(&checked));
}

#[test]
fn long_sums() {
    let sum = |terms: usize| vec!["a"; terms].join(" + ");
    let checked = soon(&format!("input a : count\nresult q = {}", sum(60_000)));
    assert!(codes(&checked).contains(&"limit-passed"));
    let checked = soon(&format!(
        "input a : count\nlet last = {}\n{ITEM}",
        sum(4_000)
    ));
    assert_eq!(codes(&checked), [""; 0]);
}

#[test]
fn tables_that_use_tables() {
    let tables = each(1..MANY, |i| {
        format!(
            "table t{i} {{ from 5 => t{0} of 3; otherwise => t{0} of 4 }}",
            i - 1
        )
    });
    let last = MANY - 1;
    soon(&format!(
        "input a : points 0..10\ntable t0 {{ from 5 => 1; otherwise => 2 }}\n{tables}result q = t{last} of a"
    ));
}

#[test]
fn circles() {
    let circle = each(0..MANY, |i| format!("let x{i} = x{} + 1", (i + 1) % MANY));
    assert_eq!(codes(&soon(&circle)), ["circular-figures"]);
    let tangle = each(0..900, |i| {
        format!(
            "let x{i} = x{} + x{} + x{}",
            (i * 7 + 1) % 900,
            (i * 3 + 2) % 900,
            (i * 5) % 900
        )
    });
    assert!(
        codes(&soon(&tangle))
            .iter()
            .all(|code| *code == "circular-figures")
    );
}

#[test]
fn tables_of_many_lines() {
    let down = each(0..MANY, |i| format!("from {} => g{i}", MANY - i));
    let checked = soon(&format!(
        "input k : points 0..{MANY}\ngrade by k cite \"一\" {{\n{down}otherwise => z\n}}"
    ));
    assert!(checked.scheme.is_some(), "{:?}", codes(&checked));
    let up = each(0..MANY, |i| format!("from {} => g{i}", i + 1));
    let checked = soon(&format!(
        "input k : points 0..{MANY}\ngrade by k cite \"一\" {{\n{up}otherwise => z\n}}"
    ));
    assert!(
        codes(&checked)
            .iter()
            .all(|code| *code == "line-never-holds")
    );
    let options: Vec<String> = (0..MANY).map(|i| format!("o{i}")).collect();
    let rows = each(0..MANY, |i| format!("o{i} => {i}"));
    let checked = soon(&format!(
        "choice c best first {{ {} }}\ninput k : c\ntable t by k {{\n{rows}}}\nresult q = t of k",
        options.join(", ")
    ));
    assert!(checked.scheme.is_some(), "{:?}", codes(&checked));
}

#[test]
fn names_that_are_not_declared_or_declared_again() {
    let unknown = each(0..MANY, |i| {
        format!("let x{i} = unknown_name_{i} + other_{i}")
    });
    assert!(
        codes(&soon(&unknown))
            .iter()
            .all(|code| *code == "unknown-name")
    );
    let again = each(0..MANY, |_| "input a : count".to_owned());
    assert!(codes(&soon(&again)).contains(&"name-taken"));
}

#[test]
fn chains_of_inputs_that_depend_on_each_other() {
    let defaults = each(1..MANY, |i| format!("input a{i} : count = a{}", i - 1));
    let last = MANY - 1;
    soon(&format!(
        "input a0 : count = 0\n{defaults}result q = a{last}"
    ));
    let asked = each(1..MANY, |i| {
        format!("input a{i} : flag, only when a{}", i - 1)
    });
    soon(&format!(
        "input a0 : flag\n{asked}consequence z when a{last} cite \"一\""
    ));
}
