//! Words that look much like others: letters inserted, deleted, replaced or swapped.

/// The candidate that a word looks like, if there is one.
pub(super) fn resembles<'c>(
    word: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    candidates
        .filter(|candidate| alike(word, candidate))
        .min_by_key(|candidate| distance(word, candidate))
}

/// Whether two words differ by a letter or two: one in four at most.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let length = one.chars().count().max(other.chars().count());
    let allowed = (length / 4).clamp(1, 2);
    length > 1
        && length < 40
        && (length > 2 || one.chars().next() == other.chars().next())
        && one != other
        && distance(one, other) <= allowed
}

/// Letters to insert, delete, replace or swap with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut now = vec![i.saturating_add(1)];
        for (j, b) in other.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let replaced = get(&last, j).saturating_add(usize::from(a != b));
            let deleted = get(&last, j.saturating_add(1)).saturating_add(1);
            let inserted = get(&now, j).saturating_add(1);
            let mut best = replaced.min(deleted).min(inserted);
            let swapped = i > 0
                && j > 0
                && one.get(i.saturating_sub(1)) == Some(b)
                && other.get(j.saturating_sub(1)) == Some(a);
            if swapped {
                best = best.min(get(&before_last, j.saturating_sub(1)).saturating_add(1));
            }
            now.push(best);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or(0)
}
