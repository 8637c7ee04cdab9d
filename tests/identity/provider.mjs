// A true provider of identity on this machine, for the tests alone: « node provider.mjs ISSUER ».
// Its people are invented. What a test wants it to do wrong is told by POST /wrong.
import { createServer } from "node:http";
import { generateKeyPair, exportJWK, SignJWT } from "jose";
import Provider from "oidc-provider";

const issuer = process.argv[2];
const home = process.argv[3];
const client = { id: "fanal-essai", secret: "secret-invente-pour-les-essais" };

const people = {
  nadia: { email: "nadia@fanal.invalid", email_verified: true, siret: "22590001801244", usual_name: "Inventée", given_name: "Nadia" },
  unverified: { email: "nadia@fanal.invalid", email_verified: false },
  elsewhere: { email: "nadia@fanal.invalid", email_verified: true, siret: "22130001500247" },
  unknown: { email: "personne@fanal.invalid", email_verified: true },
};
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const forger = await generateKeyPair("RS256");
const jwk = { ...(await exportJWK(privateKey)), kid: "trial", alg: "RS256", use: "sig" };

let wrong = {};
const counted = { ended: 0 };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: [`${home}/connexion/retour/proconnect/`],
      post_logout_redirect_uris: [`${home}/connexion/`],
      userinfo_signed_response_alg: "RS256",
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: ["invented"] },
  acrValues: ["eidas1", "eidas2"],
  scopes: ["openid", "given_name", "usual_name", "email", "siret"],
  claims: {
    openid: ["sub"],
    acr: null,
    email: ["email", "email_verified"],
    siret: ["siret"],
    given_name: ["given_name"],
    usual_name: ["usual_name"],
  },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<!doctype html><title>Fin</title>${form}<button form="op.logoutForm" name="logout" value="yes">Fin</button>`;
      },
    },
    claimsParameter: { enabled: false },
  },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
});
provider.on("end_session.success", () => (counted.ended += 1));

const listened = provider.callback();
const body = async (request) => {
  let text = "";
  for await (const part of request) text += part;
  return text;
};

// One page for the person and their consent: the test says who they are.
const interact = async (request, response) => {
  const details = await provider.interactionDetails(request, response);
  const who = new URL(request.url, issuer).searchParams.get("who") ?? wrong.who ?? "nadia";
  const grant = new provider.Grant({ accountId: who, clientId: client.id });
  grant.addOIDCScope("openid given_name usual_name email siret");
  const grantId = await grant.save();
  const acr = wrong.acr ?? details.params.acr_values?.split(" ")[0];
  const result = { login: { accountId: who, acr }, consent: { grantId } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

// What stands between the provider and us when a test wants to be lied to.
const forged = async (token) => {
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
  const told = { ...claims, ...wrong.claims };
  if (wrong.forge === "none") {
    const head = Buffer.from('{"alg":"none","kid":"trial"}').toString("base64url");
    return `${head}.${Buffer.from(JSON.stringify(told)).toString("base64url")}.`;
  }
  const key = wrong.forge === "key" ? forger.privateKey : privateKey;
  return new SignJWT(told).setProtectedHeader({ alg: "RS256", kid: "trial" }).sign(key);
};

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, issuer);
  if (pathname === "/wrong") {
    wrong = JSON.parse((await body(request)) || "{}");
    return response.end(JSON.stringify(counted));
  }
  if (pathname.startsWith("/interaction/")) return interact(request, response);
  const at = { "/me": "userinfo", "/token": "id_token" }[pathname];
  if (!at || wrong.at !== at) return listened(request, response);
  const write = response.end.bind(response);
  response.write = () => true;
  response.setHeader = ((set) => (name, value) =>
    name.toLowerCase() === "content-length" ? response : set(name, value))(response.setHeader.bind(response));
  response.end = (text) => {
    const said = String(text);
    if (at === "userinfo") {
      if (wrong.forge === "plain") {
        response.setHeader("Content-Type", "application/json");
        return write(Buffer.from(said.split(".")[1], "base64url"));
      }
      return forged(said).then(write);
    }
    const answer = JSON.parse(said);
    return forged(answer.id_token).then((id_token) => write(JSON.stringify({ ...answer, id_token })));
  };
  return listened(request, response);
});
server.listen(Number(new URL(issuer).port), "127.0.0.1", () => console.log("ouvert"));
