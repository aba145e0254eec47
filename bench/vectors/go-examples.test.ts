import { expect, it } from 'vitest';
import { goExamples } from './go-examples.ts';

const source = `package rules

// Acme has "tokens".
func Acme() *config.Rule {
	r := config.Rule{RuleID: "acme-token", Keywords: []string{"acme"}}
	known := []string{"k1", \`k2\`}
	tps := []string{
		"a\\t\\"b\\"", // one
		\`raw \\t\` + "c",
		utils.GenerateSampleSecret("acme", "called"),
		"x" + secrets.NewSecret("[a-z]{4}"),
	}
	tps = append(tps, "d", known...)
	tps = append(tps, utils.GenerateSampleSecrets("acme", "called")...)
	fps := map[string]string{"a/b.yaml": "e", 'c': call("f")}
	return utils.ValidateWithPaths(r, tps, fps)
}

func Inline() *config.Rule {
	return utils.Validate(config.Rule{RuleID: "inline"}, []string{"g"}, nil)
}

func helper() []string {
	tps := []string{"never handed to Validate"}
	return tps
}
`;

it('reads the literals of true and false examples, and nothing that a call makes', () => {
  expect(goExamples(source)).toEqual([
    { rule: 'acme-token', truth: true, text: 'a\t"b"' },
    { rule: 'acme-token', truth: true, text: 'raw \\tc' },
    { rule: 'acme-token', truth: true, text: 'd' },
    { rule: 'acme-token', truth: true, text: 'k1' },
    { rule: 'acme-token', truth: true, text: 'k2' },
    { rule: 'acme-token', truth: false, text: 'e', path: 'a/b.yaml' },
    { rule: 'inline', truth: true, text: 'g' },
  ]);
});
