// The same rules in json-rules-engine: node run.mjs PLANS.jsonl COUNT; one line a plan, then the CPU seconds it took.
// Rules are judged row by row, as the engine's facts are flat; what looks for other rows is worked out beforehand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.THAMDINH_PEERS + "/");
const { Engine } = require("json-rules-engine");

const GRASSROOTS = ["commune", "ward", "township"];
const SECTOR = ["provincial_sector_committee", "provincial_sector_cell"];
const FORCES = ["police", "military", "border_guard"];
const MID_TERM = ["mid_term_review", "leadership_self_criticism", "inspection_supervision"];
const is = (fact, value) => ({ fact, operator: "equal", value });
const not = (fact, value) => ({ fact, operator: "notEqual", value });
const within = (fact, value) => ({ fact, operator: "in", value });
const has = (fact, value) => ({ fact, operator: "contains", value });
const lacks = (fact, value) => ({ fact, operator: "doesNotContain", value });
const less = (fact, value) => ({ fact, operator: "lessThan", value });
const more = (fact, value) => ({ fact, operator: "greaterThan", value });

const RULES = {
  plan: {
    TD101: { all: [within("kind", GRASSROOTS), { any: [less("slots", 2), more("slots", 3)] }] },
    TD102: { all: [within("kind", SECTOR), { any: [less("slots", 1), more("slots", 2)] }] },
    TD602: { all: [is("directed", true)] },
    TD701: { all: [within("kind", GRASSROOTS), is("interleaved", true)] },
    TD702: { all: [is("resolved", false)] },
    TD703: { all: [is("restOfTerm", false)] },
    "TD203 year_end_review": { all: [lacks("reported", "year_end_review")] },
    "TD203 mid_term_review": { all: [lacks("reported", "mid_term_review")] },
  },
  force: { TD601: { all: [is("directed", false)] } },
  report: {
    TD201: { all: [has("contents", "year_end_review"), { any: MID_TERM.map((content) => has("contents", content)) }] },
    "TD202 leadership_self_criticism": { all: [has("contents", MID_TERM[0]), lacks("contents", MID_TERM[1])] },
    "TD202 inspection_supervision": { all: [has("contents", MID_TERM[0]), lacks("contents", MID_TERM[2])] },
    TD704: { all: [is("guided", false)] },
  },
  participant: {
    TD301: { all: [has("parts", "mid_term"), is("standing", "customary"), is("replaces", false)] },
    TD302: { all: [has("parts", "mid_term"), { any: [is("standing", "elected_in_addition"), is("replaces", true)] }] },
    TD303: { all: [has("parts", "mid_term"), is("standing", "congress_delegate"), is("eligible", false)] },
    TD304: { all: [lacks("parts", "mid_term"), is("standing", "congress_delegate"), is("eligible", true)] },
  },
  part: { TD401: { all: [is("grouped", false)] } },
  seat: { TD501: { all: [is("ballot", false)] } },
  committee: {
    TD502: { all: [is("briefed", false)] },
    TD503: { any: [is("handedOut", false), less("lead", 0)] },
    "TD504 same_level_committee": { all: [lacks("audiences", "same_level_committee")] },
    "TD504 direct_superior_committee": { all: [lacks("audiences", "direct_superior_committee")] },
  },
  publication: { TD505: { all: [is("early", true)] } },
};

const engines = Object.fromEntries(Object.entries(RULES).map(([entity, rules]) => {
  const engine = new Engine();
  for (const [type, conditions] of Object.entries(rules)) engine.addRule({ conditions, event: { type } });
  return [entity, engine];
}));

const minutes = (written) => Date.parse(written + "Z") / 60000;
function slots(sessions) {
  const touched = new Set();
  for (const { start, end } of sessions) {
    const [s, e] = [minutes(start), minutes(end)];
    const first = Math.floor(s / 1440) * 2 + (s % 1440 >= 720);
    const last = Math.floor(e / 1440) * 2 + (e % 1440 > 750) - (e % 1440 === 0);
    for (let slot = first; slot <= Math.max(first, last); slot++) touched.add(slot);
  }
  return touched.size;
}

function* rows(plan) {
  const { kind } = plan.organization;
  const { sessions, discussions } = plan.conference;
  const directed = (plan.conference.directed_by ?? null) !== null;
  if (FORCES.includes(kind)) { yield ["force", "plan", { directed }]; return; }
  const starts = sessions.map((s) => minutes(s.start));
  const opening = Math.min(...starts);
  const midTerm = Math.min(...sessions.filter((s) => s.part === "mid_term").map((s) => minutes(s.start)));
  const yearEnd = Math.max(...sessions.filter((s) => s.part === "year_end").map((s) => minutes(s.end)));
  yield ["plan", "plan", {
    kind, directed, slots: slots(sessions), interleaved: midTerm < yearEnd,
    resolved: plan.outcomes.some((o) => o.kind === "resolution" && o.subject === "next_year" && (o.targets ?? 0) >= 1),
    restOfTerm: plan.outcomes.some((o) => o.subject === "rest_of_term"),
    reported: plan.reports.flatMap((r) => r.contents),
  }];
  for (const r of plan.reports) yield ["report", r.id, { contents: r.contents, guided: (r.guidance ?? null) !== null }];
  for (const p of plan.participants) {
    yield ["participant", p.id, { standing: p.standing, eligible: p.eligible ?? true, parts: p.parts, replaces: p.replaces != null }];
  }
  for (const part of new Set(sessions.map((s) => s.part))) {
    yield ["part", part, { grouped: discussions.some((d) => d.part === part && d.format === "group") }];
  }
  const votes = new Map(plan.confidence_votes.map((vote) => [vote.committee, vote]));
  for (const committee of plan.committees) {
    const vote = votes.get(committee.id);
    const ballots = new Set(vote?.ballots);
    for (const seat of committee.members) {
      yield ["seat", `${seat.person}@${committee.id}`, { ballot: ballots.has(seat.person) }];
    }
    const briefing = vote?.briefing;
    const secretary = briefing && committee.members.some((s) => s.person === briefing.by && s.role === "secretary");
    yield ["committee", committee.id, {
      briefed: Boolean(secretary && briefing.covers.includes("purpose") && briefing.covers.includes("requirements")),
      handedOut: (vote?.ballots_distributed_at ?? null) !== null,
      lead: vote?.ballots_distributed_at && starts.length ? opening - minutes(vote.ballots_distributed_at) : 0,
      audiences: (vote?.published ?? []).map((p) => p.to),
    }];
    for (const p of vote?.published ?? []) {
      yield ["publication", `${committee.id}/${p.to}`, { early: minutes(p.at) < minutes(vote.counted_at) }];
    }
  }
}

async function check(line) {
  const found = [];
  for (const [entity, id, facts] of rows(JSON.parse(line))) {
    const { events } = await engines[entity].run(facts);
    for (const { type } of events) {
      const [rule, of] = type.split(" ");
      found.push([rule, rule === "TD203" ? of : of ? `${id}/${of}` : id]);
    }
  }
  return found;
}

const lines = readFileSync(process.argv[2], "utf8").split("\n").slice(0, Number(process.argv[3])).filter(Boolean);
const begin = process.cpuUsage();
const found = [];
for (const line of lines) found.push(await check(line));
const { user, system } = process.cpuUsage(begin);
const seconds = (user + system) / 1e6;
process.stdout.write(JSON.stringify({ seconds, found }));
