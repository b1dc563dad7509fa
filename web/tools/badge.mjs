// Verifies a badge as somebody else would: with the package jose, by the key set, key,
// profile and status list that are served. The Go test of portal/training/badge runs it:
//
//   node tools/badge.mjs ADDRESS
//
// ADDRESS serves /badge.jwt, /changed.jwt, /retired.jwt, /keys.json and all that the
// badge names. With FOYER_OB3_SCHEMA, the path of the published JSON schema of Open
// Badges 3.0, the badge is held against it as well.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import Ajv2019 from "ajv/dist/2019.js";
import { calculateJwkThumbprint, createRemoteJWKSet, decodeProtectedHeader, importJWK, jwtVerify } from "jose";

const base = process.argv[2];
const text = async (path) => {
  const res = await fetch(new URL(path, base));
  assert.equal(res.status, 200, path);
  return res.text();
};
const keys = createRemoteJWKSet(new URL("/keys.json", base));
const options = { issuer: `${base}/issuer`, algorithms: ["RS256"], typ: "JWT", requiredClaims: ["jti", "sub", "nbf", "iat", "exp"] };
const badge = await text("/badge.jwt");

const { payload, protectedHeader } = await jwtVerify(badge, keys, options);
assert.deepEqual(Object.keys(protectedHeader).sort(), ["alg", "kid", "typ"]);

// The claims repeat the credential.
assert.equal(payload.iss, payload.issuer.id);
assert.equal(payload.jti, payload.id);
assert.equal(payload.sub, payload.credentialSubject.id);
assert.equal(payload.nbf * 1000, Date.parse(payload.validFrom));
assert.equal(payload.exp * 1000, Date.parse(payload.validUntil));
assert.ok(!("vc" in payload), "the payload is the credential itself");

// The key's id is an address that gives the key by itself.
const key = JSON.parse(await text(protectedHeader.kid));
assert.equal(await calculateJwkThumbprint(key), protectedHeader.kid.split("/").pop());
assert.ok(!("d" in key));
await jwtVerify(badge, await importJWK(key, "RS256"), options);
for (const one of JSON.parse(await text("/keys.json")).keys) {
  assert.deepEqual(Object.keys(one).sort(), ["alg", "e", "kid", "kty", "n", "use"]);
}

// One that was signed before the keys were rotated.
const retired = await text("/retired.jwt");
await jwtVerify(retired, keys, options);
assert.notEqual(decodeProtectedHeader(retired).kid, protectedHeader.kid);

await assert.rejects(jwtVerify(await text("/changed.jwt"), keys, options), { code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" });
await assert.rejects(jwtVerify(badge, keys, { ...options, currentDate: new Date(payload.exp * 1000) }), { code: "ERR_JWT_EXPIRED" });

// The issuer's profile, and who it was issued to: their address is hashed.
assert.equal(JSON.parse(await text(payload.issuer.id)).id, payload.iss);
const email = payload.credentialSubject.identifier.find((i) => i.identityType === "emailAddress");
assert.equal(email.identityHash, "sha256$" + createHash("sha256").update("eva.lund@example.com" + email.salt).digest("hex"));
assert.ok(!Buffer.from(badge.split(".")[1], "base64url").toString().includes("eva.lund"));

// The status list: the badge's bit is not set, that of number 7 is.
const status = payload.credentialStatus;
assert.equal(status.type, "BitstringStatusListEntry");
const list = (await jwtVerify(await text(status.statusListCredential), keys, { issuer: options.issuer, algorithms: ["RS256"] })).payload;
assert.equal(list.id, status.statusListCredential);
assert.equal(list.credentialSubject.encodedList[0], "u");
const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), "base64url"));
const bit = (at) => (bits[at >> 3] >> (7 - (at & 7))) & 1;
assert.equal(bits.length, 131072 / 8);
assert.equal(bit(Number(status.statusListIndex)), 0);
assert.equal(bit(7), 1);

if (process.env.FOYER_OB3_SCHEMA) {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  const schema = JSON.parse(readFileSync(process.env.FOYER_OB3_SCHEMA, "utf8"));
  const valid = ajv.compile(schema);
  assert.ok(valid(payload), JSON.stringify(valid.errors, null, 1));
  for (const break_ of [(c) => delete c.issuer, (c) => (c["@context"] = ["x", "y"]), (c) => (c.credentialSubject.identifier[0].extra = 1)]) {
    const copy = structuredClone(payload);
    break_(copy);
    assert.ok(!valid(copy), "the schema takes anything");
  }
  console.log("schema: valid");
}
console.log("jose: verified");
