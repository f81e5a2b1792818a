//! How do the details of all schools travel in few bytes?
//!
//! One column for each field, since a compressor finds more in a thousand addresses, then a thousand class sizes, than
//! in a thousand schools.

use super::super::detail::{
    Applications, ClassSize, Color, Detail, Group, GroupFigure, Indicator, Met, Reference, Series, Source,
    Teachers,
};
use super::super::figure::{Fact, Figure, SchoolYear};
use super::super::school::Cds;
use super::Details;
use serde::{Deserialize, Serialize};

/// [`Details`], turned by a quarter.
#[derive(Serialize, Deserialize)]
pub(super) struct Columns {
    cds: Vec<Cds>,
    address: Vec<String>,
    phone: Vec<String>,
    /// The facts of each school, and the years of each.
    shapes: Vec<Vec<(Fact, Vec<SchoolYear>)>>,
    /// The figures of all points, fact by fact, and the students behind them.
    figures: Vec<Figure>,
    behind: Vec<Option<u32>>,
    classes: Vec<Vec<ClassSize>>,
    counselor: Vec<Option<(u16, SchoolYear)>>,
    teachers: Vec<Option<Teachers>>,
    groups: Vec<Vec<(Group, u16)>>,
    pathways: Vec<Vec<(String, u16)>>,
    upper: Vec<Option<(u32, SchoolYear)>>,
    applications: Vec<Option<Applications>>,
    met: Vec<Vec<Met>>,
    of_groups: Vec<Vec<GroupFigure>>,
    colors: Vec<Vec<(Indicator, Color)>>,
    references: Vec<Reference>,
    sources: Vec<Source>,
    dashboard: u16,
}

impl Columns {
    pub(super) fn of(details: &Details) -> Columns {
        let schools = || details.schools.iter().cloned();
        let shape = |series: &Series| (series.fact, series.points.iter().map(|(year, ..)| *year).collect());
        let points: Vec<_> = Fact::ALL
            .into_iter()
            .flat_map(|fact| details.schools.iter().flat_map(move |school| of(fact, &school.years)))
            .flat_map(|series| &series.points)
            .collect();
        Columns {
            cds: schools().map(|school| school.cds).collect(),
            address: schools().map(|school| school.address).collect(),
            phone: schools().map(|school| school.phone).collect(),
            shapes: schools().map(|school| school.years.iter().map(shape).collect()).collect(),
            figures: points.iter().map(|(_, figure, _)| *figure).collect(),
            behind: points.iter().map(|(.., behind)| *behind).collect(),
            classes: schools().map(|school| school.classes).collect(),
            counselor: schools().map(|school| school.counselor).collect(),
            teachers: schools().map(|school| school.teachers).collect(),
            groups: schools().map(|school| school.groups).collect(),
            pathways: schools().map(|school| school.pathways).collect(),
            upper: schools().map(|school| school.upper).collect(),
            applications: schools().map(|school| school.applications).collect(),
            met: schools().map(|school| school.met).collect(),
            of_groups: schools().map(|school| school.of_groups).collect(),
            colors: schools().map(|school| school.colors).collect(),
            references: details.references.clone(),
            sources: details.sources.clone(),
            dashboard: details.dashboard,
        }
    }

    /// None when a column is shorter than another.
    pub(super) fn details(self) -> Option<Details> {
        let many = self.cds.len();
        let mut schools = Vec::with_capacity(many);
        let mut address = self.address.into_iter();
        let mut phone = self.phone.into_iter();
        let mut years = series(self.shapes, self.figures, self.behind)?.into_iter();
        let mut classes = self.classes.into_iter();
        let mut counselor = self.counselor.into_iter();
        let mut teachers = self.teachers.into_iter();
        let mut groups = self.groups.into_iter();
        let mut pathways = self.pathways.into_iter();
        let mut upper = self.upper.into_iter();
        let mut applications = self.applications.into_iter();
        let mut met = self.met.into_iter();
        let mut of_groups = self.of_groups.into_iter();
        let mut colors = self.colors.into_iter();
        for cds in self.cds {
            schools.push(Detail {
                cds,
                address: address.next()?,
                phone: phone.next()?,
                years: years.next()?,
                classes: classes.next()?,
                counselor: counselor.next()?,
                teachers: teachers.next()?,
                groups: groups.next()?,
                pathways: pathways.next()?,
                upper: upper.next()?,
                applications: applications.next()?,
                met: met.next()?,
                of_groups: of_groups.next()?,
                colors: colors.next()?,
            });
        }
        let (references, sources, dashboard) = (self.references, self.sources, self.dashboard);
        Some(Details { schools, references, sources, dashboard })
    }
}

fn of(fact: Fact, years: &[Series]) -> impl Iterator<Item = &Series> {
    years.iter().filter(move |series| series.fact == fact)
}

/// Puts the points back where they belong.
fn series(
    shapes: Vec<Vec<(Fact, Vec<SchoolYear>)>>,
    figures: Vec<Figure>,
    behind: Vec<Option<u32>>,
) -> Option<Vec<Vec<Series>>> {
    let mut points = figures.into_iter().zip(behind);
    let empty = |(fact, years): (Fact, Vec<SchoolYear>)| Series {
        fact,
        points: years.into_iter().map(|year| (year, Figure::NotPublished, None)).collect(),
    };
    let mut all: Vec<Vec<Series>> =
        shapes.into_iter().map(|shape| shape.into_iter().map(empty).collect()).collect();
    for fact in Fact::ALL {
        for series in all.iter_mut().flatten().filter(|series| series.fact == fact) {
            for point in &mut series.points {
                (point.1, point.2) = points.next()?;
            }
        }
    }
    points.next().is_none().then_some(all)
}
