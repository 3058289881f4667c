package org.rewardlab.lab.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.rewardlab.tensor.Check;

/**
 * A world to search in: documents in a Lucene index in memory, ranked by BM25 (k1 1.2, b 0.75).
 *
 * <p>A query is words and nothing else: it has no syntax, so that nothing that a model writes can be malformed. Ties keep the order in
 * which documents were given. Needs {@code org.apache.lucene:lucene-queryparser} and {@code lucene-analysis-common}.
 */
public final class SearchIndex implements AutoCloseable {

    private static final int LONGEST_QUERY = 2000;

    /**
     * A document that was found.
     *
     * @param id of the document
     * @param text of the document
     * @param score BM25, above 0
     */
    public record Hit(String id, String text, double score) {}

    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final Analyzer analyzer = new EnglishAnalyzer();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private SearchIndex(Map<String, String> documents) {
        BM25Similarity bm25 = new BM25Similarity();
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(bm25))) {
            for (Map.Entry<String, String> entry : documents.entrySet()) {
                Document document = new Document();
                document.add(new StoredField("id", entry.getKey()));
                document.add(new TextField("text", entry.getValue(), Field.Store.YES));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        try {
            reader = DirectoryReader.open(directory);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        searcher = new IndexSearcher(reader);
        searcher.setSimilarity(bm25);
    }

    /** An index of documents by id, in their order; stop words are left out and words are stemmed, in English. */
    public static SearchIndex of(Map<String, String> documents) {
        if (documents.isEmpty()) {
            throw Check.failure("documents", "at least one", "none");
        }
        return new SearchIndex(documents);
    }

    /**
     * The best documents for some words, the best first; none where no word occurs.
     *
     * @param query only its first 2,000 characters count
     * @param most how many are wanted, at least 1
     */
    public List<Hit> search(String query, int most) {
        Check.atLeast("most", most, 1);
        String words = query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
        Query parsed = new QueryBuilder(analyzer).createBooleanQuery("text", words);
        if (parsed == null) {
            return List.of();
        }
        try {
            List<Hit> hits = new ArrayList<>();
            for (ScoreDoc found : searcher.search(parsed, Math.min(most, size())).scoreDocs) {
                Document document = searcher.storedFields().document(found.doc);
                hits.add(new Hit(document.get("id"), document.get("text"), found.score));
            }
            return hits;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The number of documents. */
    public int size() {
        return reader.numDocs();
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
            analyzer.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
