import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { useNotice } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { useWords } from '../words/words';

/** What a worker is told before his record opens. */
export function NoticePage() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const notice = useNotice();
  const acknowledge = useMutation({
    mutationFn: (version: number) => ask(api.PUT('/api/v1/me/notice', { body: { version } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  });
  const words = notice.data?.[language];
  useTitle(words?.title ?? '');
  if (notice.isLoadingError) return <Failure error={notice.error} retry={() => void notice.refetch()} />;
  if (!words) return <Waiting />;
  return (
    <article className="narrow-page">
      <h1>{words.title}</h1>
      {(['kept', 'basis', 'seenBy', 'rights', 'contact'] as const).map((part) => (
        <section key={part}>
          <h2>{t(`notice.${part}`)}</h2>
          <p>{words[part]}</p>
        </section>
      ))}
      {acknowledge.isError && <Failure error={acknowledge.error} />}
      <button type="button" className="main" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate(notice.data!.version)}>
        {acknowledge.isPending ? t('sending') : t('notice.read')}
      </button>
    </article>
  );
}
