// The node-<os>-<cpu> packages write "os" and "cpu" as plain strings; pnpm 12 only reads lists,
// and would otherwise install every platform's binary.
const list = (v) => (typeof v === "string" ? [v] : v);
module.exports = {
  hooks: {
    readPackage(p) {
      if (/^node-(linux|win|darwin|bin)-/.test(p.name ?? "")) {
        p.os = list(p.os);
        p.cpu = list(p.cpu);
      }
      return p;
    },
  },
};
