// SCIMMY and its Express routers as they come from npm. They read and write SCIM; the store below
// is ours, in memory, one per base path, and refuses a userName or group name that is taken.
//
// The token is in the environment; the port is printed; the end of standard input ends the process.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const stores = new Map();

function store(type, base) {
    const key = `${base} ${type}`;
    if (!stores.has(key)) stores.set(key, new Map());
    return stores.get(key);
}

function declare(Resource, unique) {
    const type = Resource.name;
    SCIMMY.Resources.declare(Resource)
        .ingress((resource, data, base) => {
            const held = store(type, base);
            if (resource.id && !held.has(resource.id)) throw new SCIMMY.Types.Error(404, null, "gone");
            const id = resource.id ?? randomUUID();
            const taken = [...held.values()].some((each) => each.id !== id
                && each[unique].toLowerCase() === data[unique].toLowerCase());
            if (taken) throw new SCIMMY.Types.Error(409, "uniqueness", `${unique} is taken`);
            const saved = { ...JSON.parse(JSON.stringify(data)), id };
            held.set(id, saved);
            return saved;
        })
        .egress((resource, base) => {
            const held = store(type, base);
            if (!resource.id) {
                const all = [...held.values()];
                return resource.filter ? resource.filter.match(all) : all;
            }
            if (!held.has(resource.id)) throw new SCIMMY.Types.Error(404, null, "gone");
            return held.get(resource.id);
        })
        .degress((resource, base) => {
            if (!store(type, base).delete(resource.id)) throw new SCIMMY.Types.Error(404, null, "gone");
        });
}

SCIMMY.Schemas.User.extend(SCIMMY.Schemas.EnterpriseUser, false);
declare(SCIMMY.Resources.User, "userName");
declare(SCIMMY.Resources.Group, "displayName");

const app = express();
app.use("/:base/scim/v2", new SCIMMYRouters({
    type: "bearer",
    handler: (request) => {
        if (request.header("Authorization") !== `Bearer ${process.env.SCIM_TOKEN}`) {
            throw new Error("wrong token");
        }
        return "entra";
    },
    context: (request) => request.baseUrl,
}));
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
