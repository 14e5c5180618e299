import { expect, it } from "vitest";
import { splitAddress } from "./links-card";

it.each([
  ["https://openrivers.example/act/write-your-mp", "Write your mp", "openrivers.example/act/write-your-mp"],
  ["https://openrivers.example/donate?c=vidra", "Donate", "openrivers.example/donate?c=vidra"],
  ["https://openrivers.example/", "Openrivers.example", "openrivers.example"],
  ["https://openrivers.example/100%", "100%", "openrivers.example/100%"],
])("%s reads “%s”", (address, title, rest) => expect(splitAddress(address)).toEqual({ title, rest }));
