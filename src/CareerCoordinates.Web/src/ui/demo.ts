/** Whether the program serves invented people: every page then says so. */
export const isDemo = document.querySelector<HTMLMetaElement>('meta[name="career-demo"]')?.content === 'yes';
