import { useState } from 'react';
import type { Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { failureText } from '../ui/Answers';
import { instantText } from '../words/days';
import { GrantWords } from './GrantWords';
import { useAdminWords } from './words';

interface Props {
  framework: Framework;
  tokens: Schemas['ApiToken'][];
  revoke: (tokenId: string) => Promise<unknown>;
}

/** API tokens, the newest first; one that was revoked or has ended stays to be seen. */
export function TokenTable({ framework, tokens, revoke }: Props) {
  const { t } = useAdminWords();
  const [sure, setSure] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  if (tokens.length === 0) return <p>{t('tokens.none')}</p>;
  const take = async (id: string) => {
    setBusy(true);
    setFault('');
    try {
      await revoke(id);
      setSure('');
    } catch (error) {
      setFault(failureText(error));
    }
    setBusy(false);
  };
  return (
    <>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <ul className="plain-list tokens">
        {tokens.map((token) => {
          const hasEnded = Date.parse(token.endsAt) <= Date.now();
          const at = (instant: string) => instantText(instant, framework.timeZone);
          return (
            <li key={token.id}>
              <div>
                <b>{token.name}</b> <GrantWords framework={framework} grant={token} />
                <small>
                  {token.revokedAt
                    ? t('tokens.revoked', { at: at(token.revokedAt), by: token.revokedBy ?? '' })
                    : t(hasEnded ? 'tokens.ended' : 'tokens.ends', { at: at(token.endsAt) })}{' '}
                  · {t('tokens.made', { at: at(token.createdAt) })}
                </small>
              </div>
              {!token.revokedAt &&
                !hasEnded &&
                (sure === token.id ? (
                  <span className="buttons">
                    <button type="button" className="quiet danger" disabled={busy} onClick={() => void take(token.id)}>
                      {busy ? t('waiting') : t('tokens.sure')}
                    </button>
                    <button type="button" className="quiet" onClick={() => setSure('')}>
                      {t('cancel')}
                    </button>
                  </span>
                ) : (
                  <button type="button" className="quiet" aria-label={`${t('tokens.revoke')}: ${token.name}`} onClick={() => setSure(token.id)}>
                    {t('tokens.revoke')}
                  </button>
                ))}
            </li>
          );
        })}
      </ul>
    </>
  );
}
