//! How do columns of numbers and texts stand in a file, and how are they read without trusting it?
//!
//! A column of numbers stands as its lowest bytes, then its next ones, and so on: bytes that are alike lie together,
//! which is what a compressor wants. Reading never allocates more than a small multiple of what is left to read.

/// Writes columns one after another.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    /// One number, seven bits a byte.
    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(low(value) | 0x80);
            value >>= 7;
        }
        self.0.push(low(value));
    }

    /// A column of numbers, whose length the reader knows.
    pub(crate) fn numbers(&mut self, values: &[u64]) {
        let most = values.iter().copied().max().unwrap_or(0);
        let width = (u64::BITS - most.leading_zeros()).div_ceil(8).max(1);
        self.number(u64::from(width));
        for plane in 0..width {
            self.0.extend(values.iter().map(|value| low(value >> (8 * plane))));
        }
    }

    /// A column of texts, whose length the reader knows: lines, with line ends and backslashes inside escaped.
    pub(crate) fn texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut lines = String::new();
        for text in texts {
            for c in text.chars() {
                match c {
                    '\n' => lines.push_str("\\n"),
                    '\\' => lines.push_str("\\\\"),
                    _ => lines.push(c),
                }
            }
            lines.push('\n');
        }
        self.number(lines.len() as u64);
        self.0.extend(lines.bytes());
    }
}

/// The lowest byte.
fn low(value: u64) -> u8 {
    value.to_le_bytes()[0]
}

/// Folds the sign into the lowest bit, so that small numbers of either sign stay small.
pub(crate) const fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63).cast_unsigned()
}

/// Undoes [`zigzag`].
pub(crate) const fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

/// Reads what a [`Writer`] wrote; `None` from anything else.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// The length of columns that follow, each of at least one byte an item.
    pub(crate) fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.0.len()).then_some(length)
    }

    fn bytes(&mut self, many: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(many)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn numbers(&mut self, many: usize) -> Option<Vec<u64>> {
        let width = usize::try_from(self.number()?).ok().filter(|width| (1..=8).contains(width))?;
        let planes = self.bytes(many.checked_mul(width)?)?;
        let mut values = vec![0; many];
        for plane in 0..width {
            for (value, byte) in values.iter_mut().zip(&planes[plane * many..]) {
                *value |= u64::from(*byte) << (8 * plane);
            }
        }
        Some(values)
    }

    pub(crate) fn texts(&mut self, many: usize) -> Option<Vec<String>> {
        let length = self.length()?;
        let lines = std::str::from_utf8(self.bytes(length)?).ok()?;
        let mut texts = Vec::with_capacity(many.min(length));
        for line in lines.split_terminator('\n') {
            texts.push(unescape(line)?);
        }
        (texts.len() == many && (lines.is_empty() || lines.ends_with('\n'))).then_some(texts)
    }
}

fn unescape(line: &str) -> Option<String> {
    if !line.contains('\\') {
        return Some(line.to_owned());
    }
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.push(match chars.next()? {
                'n' => '\n',
                '\\' => '\\',
                _ => return None,
            }),
            _ => text.push(c),
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Reader, Writer, unzigzag, zigzag};

    #[test]
    fn columns_are_read_as_they_were_written() {
        let numbers = [0, 1, 127, 128, 255, 256, 65_535, u64::from(u32::MAX), u64::MAX];
        let texts = ["", "a", "two\nlines", "back\\slash", "ñ", "\\n"];
        let mut writer = Writer::default();
        for number in numbers {
            writer.number(number);
        }
        writer.numbers(&numbers);
        writer.numbers(&[]);
        writer.texts(texts.into_iter());
        writer.texts(std::iter::empty());
        let mut reader = Reader(&writer.0);
        for number in numbers {
            assert_eq!(reader.number(), Some(number));
        }
        assert_eq!(reader.numbers(numbers.len()).as_deref(), Some(&numbers[..]));
        assert_eq!(reader.numbers(0), Some(Vec::new()));
        assert_eq!(reader.texts(texts.len()).unwrap(), texts);
        assert_eq!(reader.texts(0), Some(Vec::new()));
        assert_eq!(reader.number(), None);
    }

    #[test]
    fn a_length_beyond_the_file_is_refused_before_anything_is_allocated() {
        assert_eq!(Reader(&[0xff, 0xff, 0xff, 0xff, 0x7f]).length(), None);
        assert_eq!(Reader(&[1]).numbers(usize::MAX), None);
        assert_eq!(Reader(&[9, 0]).numbers(1), None);
    }

    #[test]
    fn signs_fold_and_unfold() {
        for value in [0, -1, 1, -2, i64::MAX, i64::MIN] {
            assert_eq!(unzigzag(zigzag(value)), value);
        }
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
    }
}
