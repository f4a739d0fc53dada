import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask } from '../api/client';
import { useCurrentFramework, useRecord } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { useUnsaved } from '../ui/useUnsaved';
import { PrintSlips, Slips } from './ClaimCodes';
import { useWords } from './words';

/** A code for one worker, who makes his account with it or has forgotten his password. */
export function ClaimCodeOfOne() {
  const { t } = useWords();
  const workerId = useParams().workerId!;
  useTitle(t('codes.one'));
  const framework = useCurrentFramework();
  const record = useRecord(workerId);
  const code = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/workers/{workerId}/claim-codes', { params: { path: { workerId } } })),
  });
  const [isPrinted, setPrinted] = useState(false);
  useUnsaved(!isPrinted && code.isSuccess, t('codes.leaveOne'));
  const failed = [framework, record].find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!framework.data || !record.data) return <Waiting />;
  return (
    <>
      <div className="screen-only">
        <p className="page-tools">
          <Link to={`/people/${workerId}`}>{t('person.title', { name: record.data.person.at(-1)!.name ?? '' })}</Link>
        </p>
        <h1>{t('codes.one')}</h1>
        {code.data ? (
          <div className="note" role="status">
            <p>{code.data.account ? t('codes.forPassword', { account: code.data.account }) : t('codes.forAccount')}</p>
            <PrintSlips onPrinted={() => setPrinted(true)} />
          </div>
        ) : (
          <div className="card">
            <p className="hint">{t('codes.oneAbout')}</p>
            {code.isError && <Failure error={code.error} />}
            <button type="button" className="main" disabled={code.isPending} onClick={() => code.mutate()}>
              {code.isPending ? t('sending') : t('codes.make')}
            </button>
          </div>
        )}
      </div>
      {code.data && <Slips slips={[code.data]} timeZone={framework.data.timeZone} />}
    </>
  );
}
