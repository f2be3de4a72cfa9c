//! "Did you mean …?": the name nearest to a wrong one, by edit distance. A letter's case costs less than another
//! letter, and more than a third of the letters may not change.

const MOVE: usize = 2;
const CASE: usize = 1;
/// Longer names are not compared, and no more than that many.
const MAX_LENGTH: usize = 40;
const MAX_NAMES: usize = 750;

/// The name that comes nearest, if one comes near enough.
pub fn nearest<'a>(wrong: &str, names: impl ExactSizeIterator<Item = &'a str>) -> Option<&'a str> {
    if names.len() >= MAX_NAMES {
        return None;
    }
    let mut best: Option<(&str, usize)> = None;
    for name in names {
        if name == wrong {
            continue;
        }
        let allowed = (wrong.len() + name.len() + 3) * MOVE / 6;
        let allowed = best.map_or(allowed, |(_, distance)| allowed.min(distance - 1));
        let distance = distance(wrong.as_bytes(), name.as_bytes(), allowed);
        if distance <= allowed {
            best = Some((name, distance));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(name, _)| name)
}

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// The cost of turning one name into the other; anything above `max` once it can't be less.
pub fn distance<'a>(mut a: &'a [u8], mut b: &'a [u8], max: usize) -> usize {
    while let (Some(x), Some(y)) = (a.first(), b.first())
        && x == y
    {
        (a, b) = (&a[1..], &b[1..]);
    }
    while let (Some(x), Some(y)) = (a.last(), b.last())
        && x == y
    {
        (a, b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
    }
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return max + 1;
    }
    if b.len() < a.len() {
        (a, b) = (b, a);
    }
    if (b.len() - a.len()) * MOVE > max {
        return max + 1;
    }
    // One row of the table: the costs from each beginning of `a`.
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE).collect();
    let mut result = 0;
    for (j, &y) in b.iter().enumerate() {
        let mut diagonal = j * MOVE;
        result = diagonal;
        let mut least = usize::MAX;
        for (i, &x) in a.iter().enumerate() {
            let substituted = diagonal + substitution(x, y);
            diagonal = row[i];
            result = substituted.min(result.min(diagonal) + MOVE);
            row[i] = result;
            least = least.min(result);
        }
        if least > max {
            return max + 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(wrong: &str, names: &[&'a str]) -> Option<&'a str> {
        nearest(wrong, names.iter().copied())
    }

    #[test]
    fn near_names() {
        assert_eq!(of("kk", &["a", "k"]), Some("k"));
        assert_eq!(of("sepp", &["sep", "end", "file"]), Some("sep"));
        assert_eq!(of("Append", &["append", "extend"]), Some("append"));
        assert_eq!(of("zzz", &["append", "extend"]), None);
        assert_eq!(of("same", &["same"]), None);
    }

    #[test]
    fn distances() {
        assert_eq!(distance(b"", b"a", 10), 2);
        assert_eq!(distance(b"", b"A", 10), 2);
        assert_eq!(distance(b"Apple", b"apple", 10), 1);
        assert_eq!(distance(b"apple", b"ale", 10), 4);
        assert_eq!(distance(b"ab", b"cd", 10), 4);
    }
}
