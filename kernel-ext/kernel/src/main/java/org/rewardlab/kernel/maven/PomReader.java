package org.rewardlab.kernel.maven;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.model.Exclusion;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelSource;
import org.apache.maven.model.building.StringModelSource;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Resolves the dependencies that a project's description names, whole or in loose elements. */
public final class PomReader {

    private static final String HEAD =
            "<project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId><artifactId>cell</artifactId><version>1</version>";
    private static final Pattern BEFORE_ROOT =
            Pattern.compile("\\A(?:\\s|\\uFEFF|<\\?.*?\\?>|<!--.*?-->)+", Pattern.DOTALL);
    private static final Set<String> DEFAULT_SCOPES = Set.of("compile", "runtime", "system", "import");

    private final MavenResolver resolver;

    /** A reader that resolves with the given resolver. */
    public PomReader(MavenResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Resolves what the XML names.
     *
     * @param xml a project, or loose {@code dependency} and {@code repository} elements
     * @param scopes the scopes to take; compile, runtime and system where none is given
     */
    public Added resolve(String xml, Collection<String> scopes) {
        return resolve(effective(text(whole(xml.strip()))), scopes);
    }

    /**
     * Resolves what a file names, whose parents are looked for where it says they lie beside it.
     *
     * @param file a POM, or the folder of one
     * @param scopes the scopes to take; compile, runtime and system where none is given
     */
    public Added resolve(Path file, Collection<String> scopes) throws IOException {
        Path pom = Files.isDirectory(file) ? file.resolve("pom.xml") : file;
        if (!Files.isRegularFile(pom)) {
            throw new IllegalArgumentException("loadFromPOM: expected the path of a POM, got " + file);
        }
        String xml = Files.readString(pom);
        return isWhole(xml)
                ? resolve(effective(new FileModelSource(pom.toAbsolutePath().toFile())), scopes)
                : resolve(xml, scopes);
    }

    private Added resolve(Model model, Collection<String> scopes) {
        model.getRepositories().forEach(each -> resolver.offerRepository(each.getId(), each.getUrl()));
        Set<String> wanted = scopes.isEmpty() ? DEFAULT_SCOPES : lowerCase(scopes);
        List<Dependency> dependencies = new ArrayList<>();
        for (org.apache.maven.model.Dependency each : model.getDependencies()) {
            String scope = each.getScope() == null ? "compile" : each.getScope();
            if (wanted.contains(scope)) {
                dependencies.add(converted(each));
            }
        }
        List<Dependency> managed = model.getDependencyManagement() == null
                ? List.of()
                : model.getDependencyManagement().getDependencies().stream()
                        .map(PomReader::converted)
                        .toList();
        return resolver.resolve(dependencies, managed, Set.of("compile", "runtime"));
    }

    private static Set<String> lowerCase(Collection<String> scopes) {
        Set<String> lower = new LinkedHashSet<>();
        for (String each : scopes) {
            lower.addAll(List.of(each.toLowerCase(Locale.ROOT).split(",")));
        }
        return lower;
    }

    private static Dependency converted(org.apache.maven.model.Dependency each) {
        DefaultArtifact artifact = new DefaultArtifact(
                each.getGroupId(),
                each.getArtifactId(),
                each.getClassifier() == null ? "" : each.getClassifier(),
                each.getType() == null || each.getType().equals("test-jar") ? "jar" : each.getType(),
                each.getVersion());
        List<org.eclipse.aether.graph.Exclusion> exclusions = new ArrayList<>();
        for (Exclusion exclusion : each.getExclusions()) {
            exclusions.add(new org.eclipse.aether.graph.Exclusion(
                    exclusion.getGroupId(), exclusion.getArtifactId(), "*", "*"));
        }
        boolean runs = each.getScope() == null || !each.getScope().equals("runtime");
        return new Dependency(artifact, runs ? "compile" : "runtime", each.isOptional(), exclusions);
    }

    private static boolean isWhole(String xml) {
        return BEFORE_ROOT.matcher(xml).replaceFirst("").startsWith("<project");
    }

    /** Loose elements put where they belong in a project. */
    static String whole(String xml) {
        if (isWhole(xml)) {
            return xml;
        }
        String body = xml.replaceFirst("^<\\?xml[^>]*\\?>\\s*", "");
        StringBuilder dependencies = new StringBuilder();
        StringBuilder repositories = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (Element element : elements(body)) {
            String text = serialized(element);
            switch (element.getTagName()) {
                case "dependency" -> dependencies.append(text);
                case "dependencies" -> dependencies.append(inner(text));
                case "repository" -> repositories.append(text);
                case "repositories" -> repositories.append(inner(text));
                default -> others.append(text);
            }
        }
        return HEAD + others + "<repositories>" + repositories + "</repositories><dependencies>" + dependencies
                + "</dependencies></project>";
    }

    private static String inner(String element) {
        return element.substring(element.indexOf('>') + 1, element.lastIndexOf("</"));
    }

    private static List<Element> elements(String body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // it would print what is thrown
            Document document = builder.parse(
                    new ByteArrayInputStream(("<all>" + body + "</all>").getBytes(StandardCharsets.UTF_8)));
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < document.getDocumentElement().getChildNodes().getLength(); i++) {
                if (document.getDocumentElement().getChildNodes().item(i) instanceof Element element) {
                    elements.add(element);
                }
            }
            if (elements.isEmpty()) {
                throw new IllegalArgumentException("loadFromPOM: expected elements of a POM, got none in " + body);
            }
            return elements;
        } catch (IOException | javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
            throw new IllegalArgumentException("loadFromPOM: expected elements of a POM, got " + e.getMessage(), e);
        }
    }

    private static String serialized(Element element) {
        try {
            javax.xml.transform.Transformer writer =
                    javax.xml.transform.TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(javax.xml.transform.OutputKeys.OMIT_XML_DECLARATION, "yes");
            java.io.StringWriter text = new java.io.StringWriter();
            writer.transform(
                    new javax.xml.transform.dom.DOMSource(element), new javax.xml.transform.stream.StreamResult(text));
            return text.toString();
        } catch (javax.xml.transform.TransformerException e) {
            throw new IllegalArgumentException("loadFromPOM: an element cannot be read: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("deprecation") // the model builder takes this type only
    private static ModelSource text(String xml) {
        return new StringModelSource(xml, new File("pom.xml").getAbsolutePath());
    }

    @SuppressWarnings("deprecation") // as above
    private Model effective(ModelSource source) {
        DefaultModelBuildingRequest request = new DefaultModelBuildingRequest();
        request.setModelSource(source);
        request.setModelResolver(new ParentResolver(resolver));
        request.setSystemProperties(System.getProperties());
        request.setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
        request.setProcessPlugins(false);
        try {
            return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
        } catch (ModelBuildingException e) {
            throw new IllegalArgumentException("loadFromPOM: " + e.getMessage(), e);
        }
    }
}
