// node unpack.mjs FROM TO: what the package holds under Brotli, which Python cannot read.
import { createReadStream, createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [from, to] = process.argv.slice(2);
const packed = (await readdir(from)).filter((name) => name.endsWith(".br"));
await Promise.all(
  packed.map((name) =>
    pipeline(
      createReadStream(`${from}/${name}`),
      createBrotliDecompress(),
      createWriteStream(`${to}/${name.slice(0, -".br".length)}`),
    ),
  ),
);
