//! Names of devices by vendor and product id, from a table of bytes that the build makes.
//!
//! Pure: it allocates nothing and never panics, whatever the bytes are. A name says what a device
//! looks like: ids can be copied, and some families share one, so it never proves anything.
//!
//! The table, all numbers of 16 bits in two columns, the high bytes first, then the low ones:
//!
//! | part | bytes |
//! |---|---|
//! | how many vendors | 4, little endian |
//! | vendors, ascending | 2 each |
//! | how many products of each, less one | 2 each |
//! | products, ascending within their vendor | 2 each |
//! | names in the same order, UTF-8 | each but the last ends with a line feed |
//!
//! Columns and names by themselves suit Brotli better than records or names that share beginnings do.

/// A table of names.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    vendors: Column<'a>,
    counts: Column<'a>,
    products: Column<'a>,
    names: &'a str,
}

/// Numbers of 16 bits, as many high bytes as low ones.
#[derive(Debug, Clone, Copy)]
struct Column<'a> {
    high: &'a [u8],
    low: &'a [u8],
}

impl<'a> Names<'a> {
    /// Takes a table that [`compile`] made; `None` if the bytes cannot be one.
    pub fn new(table: &'a [u8]) -> Option<Names<'a>> {
        let (count, mut rest) = table.split_first_chunk()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let vendors = Column::take(&mut rest, count)?;
        let counts = Column::take(&mut rest, count)?;
        let products = Column::take(&mut rest, counts.products_before(count)?)?;
        Some(Names { vendors, counts, products, names: std::str::from_utf8(rest).ok()? })
    }

    /// The name of a product, or `None` if it is not known.
    pub fn name(&self, vendor: u16, product: u16) -> Option<&'a str> {
        let at = self.vendors.find(vendor, 0, self.vendors.low.len())?;
        let first = self.counts.products_before(at)?;
        let behind = self.counts.products_before(at + 1)?;
        let at = self.products.find(product, first, behind)?;
        self.names.split('\n').nth(at).filter(|name| !name.is_empty())
    }
}

impl<'a> Column<'a> {
    /// Takes a column of so many numbers off the front.
    fn take(rest: &mut &'a [u8], count: usize) -> Option<Column<'a>> {
        let (high, behind) = rest.split_at_checked(count)?;
        let (low, behind) = behind.split_at_checked(count)?;
        *rest = behind;
        Some(Column { high, low })
    }

    fn at(&self, at: usize) -> Option<u16> {
        Some(u16::from_be_bytes([*self.high.get(at)?, *self.low.get(at)?]))
    }

    /// Where a number stands between two places, by binary search.
    fn find(&self, number: u16, mut from: usize, mut to: usize) -> Option<usize> {
        while from < to {
            let middle = from + (to - from) / 2;
            match self.at(middle)?.cmp(&number) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// How many products the first so many vendors have; `None` if there are too many to be true.
    fn products_before(&self, vendors: usize) -> Option<usize> {
        let mut counts = self.high.iter().zip(self.low).take(vendors);
        counts.try_fold(0_usize, |sum, (high, low)| {
            sum.checked_add(usize::from(u16::from_be_bytes([*high, *low])) + 1)
        })
    }
}

/// Makes a table of vendor, product and name, in any order. Of several names of one product the
/// first stays. A line feed within a name becomes a space; an empty name is left out.
#[cfg(not(target_arch = "wasm32"))]
pub fn compile(names: &[(u16, u16, &str)]) -> Vec<u8> {
    use std::collections::BTreeMap;
    let mut vendors: BTreeMap<u16, BTreeMap<u16, String>> = BTreeMap::new();
    for (vendor, product, name) in names.iter().filter(|(.., name)| !name.is_empty()) {
        let products = vendors.entry(*vendor).or_default();
        products.entry(*product).or_insert_with(|| name.replace('\n', " "));
    }
    let mut out = (vendors.len() as u32).to_le_bytes().to_vec();
    let mut column = |numbers: Vec<u16>| {
        out.extend(numbers.iter().map(|n| n.to_be_bytes()[0]));
        out.extend(numbers.iter().map(|n| n.to_be_bytes()[1]));
    };
    column(vendors.keys().copied().collect());
    column(vendors.values().map(|products| (products.len() - 1) as u16).collect());
    column(vendors.values().flat_map(|products| products.keys().copied()).collect());
    let names: Vec<&str> = vendors.values().flat_map(|p| p.values().map(String::as_str)).collect();
    out.extend(names.join("\n").as_bytes());
    out
}

#[cfg(test)]
mod tests;
