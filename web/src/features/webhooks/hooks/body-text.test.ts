import { describe, expect, it } from "vitest";
import { bodyText } from "./body-text";

describe("a webhook's body", () => {
  it("is indented where it is JSON", () => expect(bodyText('{"a":[1]}', "text")).toBe('{\n  "a": [\n    1\n  ]\n}'));
  it("is shown as it came where it is not", () => expect(bodyText("nonsense {", "text")).toBe("nonsense {"));
  it("is left alone where it is no text", () => expect(bodyText("MTIz", "base64")).toBe("MTIz"));
});
