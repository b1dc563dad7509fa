import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQLInterface } from 'graphiql';
import { GraphiQLProvider, useEditorContext, useSchemaStore } from '@graphiql/react';
import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { fetcher } from './api';
import { AccountMenu } from './AccountMenu';
import { ExamplesMenu } from './ExamplesMenu';
import { emptyTab } from './text';
import 'graphiql/style.css';
import './page.css';

const plugins = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];

function Header() {
  const { fetchError } = useSchemaStore();
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    // GraphiQL leaves the text areas of its editors without a name, and screen readers then say "edit text" four times.
    for (const [editor, name] of [[queryEditor, 'Query'], [variableEditor, 'Variables'], [headerEditor, 'Headers'], [responseEditor, 'Response']] as const) {
      editor?.getInputField().setAttribute('aria-label', name);
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
  useEffect(() => {
    if (fetchError) console.warn('The schema could not be read:', fetchError);
  }, [fetchError]);
  return (
    <header className="bar">
      <a className="brand" href="/" title="To the portal">
        <img src="./icon.svg" alt="" width="24" height="24" />
        Foyer <span>GraphiQL</span>
      </a>
      <ExamplesMenu />
      {fetchError && <p className="notice" role="status">No schema: is the server there?</p>}
      <AccountMenu />
    </header>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    {/* The parts of <GraphiQL>, put together here so that the header comes first in the page and still
        shares the editors and the schema. */}
    <GraphiQLProvider fetcher={fetcher} plugins={plugins} referencePlugin={DOC_EXPLORER_PLUGIN} defaultQuery={emptyTab} shouldPersistHeaders={false}>
      <HistoryContextProvider>
        <DocExplorerContextProvider>
          <Header />
          <main>
            <GraphiQLInterface defaultEditorToolsVisibility showPersistHeadersSettings={false} />
          </main>
        </DocExplorerContextProvider>
      </HistoryContextProvider>
    </GraphiQLProvider>
  </StrictMode>,
);
