import { defineCheck, notApplicable, type SqlEvidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { listItems } from '../log-destinations.ts';
import { nameList } from '../name-list.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, serverVersionNum } from '../setting-verdict.ts';

export const pgOauthSafe = defineCheck({
  id: 'pg-oauth-safe',
  catalogue: ['AUTH-024'],
  title: { en: 'OAuth logins trust an https issuer and a reviewed validator', zh: 'OAuth 登录配置安全' },
  severity: 'low',
  rationale: {
    en: 'The validator library alone decides whether a token opens the server, and whoever can play the issuer makes tokens.',
    zh: '令牌是否有效完全由校验库决定，能冒充签发方者即可伪造令牌。',
  },
  remediation: {
    en: 'Name the issuer by https, load a validator that was reviewed, and list it in the parameter trustedValidators.',
    zh: '签发方使用 https 地址，仅加载经评审的校验库，并在参数 trustedValidators 中登记。',
  },
  fix: ['host{…} {database} {user} {address} oauth issuer=https://{issuer} scope={scope} validator={library}'],
  needs: ['pg.hba', 'pg.settings'],
  params: { trustedValidators: [] as readonly string[] },
  evaluate({ 'pg.hba': { rules }, 'pg.settings': settings }, { trustedValidators }) {
    const used = rules.filter(({ method }) => method === 'oauth');
    const evidence: SqlEvidence = {
      fact: 'pg.hba',
      at: 'lines with oauth',
      actual: used.map(({ line }) => String(line)).join('\n'),
      expected: { en: 'none, or an https issuer on each', zh: '无，或签发方均为 https' },
      sql: `SELECT line_number FROM pg_hba_file_rules WHERE auth_method = 'oauth' ORDER BY line_number`,
    };
    if (serverVersionNum(settings) < 180000 || used.length === 0) {
      return notApplicable({ en: 'no rule uses OAuth', zh: '未使用 OAuth，本项不适用' }, evidence);
    }
    const unproven = findUnprovenSettings(settings, ['oauth_validator_libraries']);
    if (unproven !== undefined) return unproven;
    const libraries = listItems(settings['oauth_validator_libraries']?.value ?? '');
    const strange = libraries.filter((library) => !trustedValidators.includes(library));
    return verdictOf({
      complaints: [
        ...used.flatMap(({ line, options }) =>
          options.some((option) => option.startsWith('issuer=https://'))
            ? []
            : [complaint('fail', `line ${line} names no https issuer`, `第 ${line} 行的签发方不是 https 地址`)],
        ),
        ...(strange.length === 0 || trustedValidators.length === 0
          ? []
          : [
              complaint(
                'fail',
                `${nameList(strange).en} is not among the trusted validators`,
                `校验库 ${nameList(strange).zh} 不在受信清单中`,
              ),
            ]),
      ],
      unknown:
        trustedValidators.length > 0
          ? []
          : [
              {
                en: 'no validator is declared as reviewed; set params.pg-oauth-safe.trustedValidators',
                zh: '未声明经评审的校验库，请设置 params.pg-oauth-safe.trustedValidators',
              },
            ],
      good: {
        en: `${used.length} rules name an https issuer, and ${nameList(libraries).en} is trusted`,
        zh: `${used.length} 条规则的签发方均为 https，校验库 ${nameList(libraries).zh} 受信`,
      },
      evidence: [
        evidence,
        settingEvidence(settings, 'oauth_validator_libraries', { en: 'trusted ones', zh: '受信校验库' }),
      ],
    });
  },
});
