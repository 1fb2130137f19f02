//! For tests: real descriptors, and bytes as no device would send them, the same ones in every run.

/// How many random inputs a parser has to stand: so many in every run, and as many as `cargo xtask probe --fuzz`
/// says in the longer one.
pub fn rounds() -> usize {
    std::env::var("POS_AID_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(200_000)
}

/// The device descriptor of QEMU's `usb-ccid`, which is no real product.
pub const DEVICE: &str = "1201100100000040e6083344000001020301";

/// Its configuration: a reader, an interrupt and two bulk endpoints, all in 93 bytes.
pub const CONFIGURATION: &str = concat!(
    "09025d00010100e032",
    "09040000030b000004",
    "36211001000701000000a00f000000000100008025000000c2010000fe0000000000000000000000",
    "fe04010012000100ffff00000101",
    "070581034000ff",
    "07058202400000",
    "07050302400000",
);

/// Marsaglia's xorshift, 64 bits.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end
    }

    pub fn bytes(&mut self, most: usize) -> Vec<u8> {
        let length = self.below(most + 1);
        (0..length).map(|_| (self.next() >> 16) as u8).collect()
    }

    /// A copy with a few bytes changed and, now and then, the end cut off or something behind it.
    pub fn shaken(&mut self, good: &[u8]) -> Vec<u8> {
        let mut bytes = good.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            // Small numbers make lengths and types that nearly fit.
            bytes[at] = if self.below(2) == 0 { self.below(10) as u8 } else { self.next() as u8 };
        }
        match self.below(4) {
            0 => bytes.truncate(self.below(good.len() + 1)),
            1 => bytes.extend(self.bytes(20)),
            _ => {}
        }
        bytes
    }
}

/// Looks at random bytes and at shaken good ones, [`rounds`] times in all.
pub fn fuzz(good: &[Vec<u8>], most: usize, look: impl Fn(&[u8])) {
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    for round in 0..rounds() {
        match round % 2 {
            0 => look(&random.bytes(most)),
            _ => {
                let sample = &good[random.below(good.len())];
                look(&random.shaken(sample));
            }
        }
    }
}

/// Looks at each beginning of good bytes, and at them with each byte as each other value.
pub fn cut_and_flip(good: &[u8], look: impl Fn(&[u8])) {
    for end in 0..=good.len() {
        look(&good[..end]);
    }
    let mut bytes = good.to_vec();
    for at in 0..bytes.len() {
        for other in 0..=u8::MAX {
            bytes[at] = other;
            look(&bytes);
        }
        bytes[at] = good[at];
    }
}

/// The bytes of good digits.
pub fn hex(digits: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits");
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// A line of `tests/ccid.tsv`: what others have read from a real reader.
pub struct Sample(Vec<(&'static str, &'static str)>);

impl Sample {
    /// A cell by the name of its column.
    pub fn cell(&self, column: &str) -> &'static str {
        self.0.iter().find(|(name, _)| *name == column).expect("a column").1
    }

    pub fn number(&self, column: &str) -> u32 {
        self.cell(column).parse().expect("a number")
    }

    /// What the device calls something.
    pub fn said(&self, column: &str) -> Option<&'static str> {
        let cell = self.cell(column);
        (cell != "null").then(|| cell.trim_matches('"'))
    }

    pub fn bytes(&self) -> Vec<u8> {
        hex(self.cell("hex"))
    }
}

/// All real readers.
pub fn samples() -> Vec<Sample> {
    let mut lines = lines(include_str!("../../devices/ccid_readers.tsv"));
    let columns: Vec<&str> = lines.next().expect("a head").split('\t').collect();
    let all: Vec<Sample> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), columns.len(), "{line}");
            Sample(columns.iter().copied().zip(cells).collect())
        })
        .collect();
    assert_eq!(all.len(), 156);
    all
}

/// All real names: `devices/usb_names.tsv`.
pub fn names() -> Vec<(u16, u16, &'static str)> {
    let id = |digits| u16::from_str_radix(digits, 16).expect("digits");
    let row = |line: &'static str| {
        let (vendor, rest) = line.split_once('\t').expect("a vendor");
        let (product, name) = rest.split_once('\t').expect("a product");
        (id(vendor), id(product), name)
    };
    lines(include_str!("../../devices/usb_names.tsv")).map(row).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}
