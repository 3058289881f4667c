package org.rewardlab.kernel.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Finds artifacts and all that they need, with the user's own repository, mirrors and proxies. What is local is taken without
 * the network. What is on the kernel's class path already wins over what is found.
 */
public final class MavenResolver {

    private final RepositorySystem system = new RepositorySystemSupplier().get();
    private final UserSettings settings = new UserSettings();
    private final OwnArtifacts own = new OwnArtifacts(System.getProperty("java.class.path", ""));
    private final Map<String, RemoteRepository> repositories = new LinkedHashMap<>();
    private final Map<String, String> added = new LinkedHashMap<>();

    /** A resolver with Maven Central and the repositories of the user's active profiles. */
    public MavenResolver() {
        settings.repositories().forEach(each -> addRepository(each[0], each[1]));
        addRepository("central", Central.address());
    }

    /** Adds a repository, or replaces the one of that id. */
    public void addRepository(String id, String url) {
        repositories.put(id, new RemoteRepository.Builder(id, "default", url).build());
    }

    /** Adds a repository that a POM names; every POM names central, which the user may have replaced. */
    void offerRepository(String id, String url) {
        if (!repositories.containsKey(id)) {
            addRepository(id, url);
        }
    }

    RepositorySystem system() {
        return system;
    }

    /** A session with the user's settings. */
    DefaultRepositorySystemSession session(boolean offline) {
        DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
        session.setLocalRepositoryManager(
                system.newLocalRepositoryManager(session, new LocalRepository(settings.localRepository())));
        session.setMirrorSelector(settings.mirrors());
        session.setProxySelector(settings.proxies());
        session.setAuthenticationSelector(settings.servers());
        session.setOffline(offline || settings.offline());
        return session;
    }

    List<RemoteRepository> remotes(DefaultRepositorySystemSession session) {
        return system.newResolutionRepositories(session, new ArrayList<>(repositories.values()));
    }

    /** Resolves artifacts and what they need at run time. */
    public Added resolve(Collection<String> coordinates) {
        List<Dependency> wanted = coordinates.stream()
                .map(text -> new Dependency(Coordinates.parse(text), JavaScopes.RUNTIME))
                .toList();
        return resolve(wanted, List.of(), Set.of(JavaScopes.COMPILE, JavaScopes.RUNTIME));
    }

    Added resolve(List<Dependency> wanted, List<Dependency> managed, Set<String> scopes) {
        List<String> notes = new ArrayList<>();
        List<Dependency> missing = new ArrayList<>();
        for (Dependency each : wanted) {
            if (!isPresent(each.getArtifact(), notes, true)) {
                missing.add(each);
            }
        }
        return missing.isEmpty() ? new Added(List.of(), List.of(), notes) : fetch(missing, managed, scopes, notes);
    }

    private Added fetch(List<Dependency> wanted, List<Dependency> managed, Set<String> scopes, List<String> notes) {
        DependencyResult result;
        try {
            result = fetch(session(true), wanted, managed, scopes);
        } catch (RepositoryException local) {
            try {
                result = fetch(session(false), wanted, managed, scopes);
            } catch (RepositoryException e) {
                throw new IllegalStateException(explained(e));
            }
        }
        List<Path> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ArtifactResult each : result.getArtifactResults()) {
            Artifact artifact = each.getArtifact();
            File file = artifact.getFile();
            if (file != null && file.getName().endsWith(".jar") && !isPresent(artifact, notes, false)) {
                added.put(key(artifact), artifact.getVersion());
                files.add(file.toPath());
                names.add(artifact.getArtifactId() + "-" + artifact.getVersion());
            }
        }
        return new Added(files, names, notes);
    }

    private DependencyResult fetch(
            DefaultRepositorySystemSession session,
            List<Dependency> wanted,
            List<Dependency> managed,
            Set<String> scopes)
            throws RepositoryException {
        CollectRequest collect = new CollectRequest(wanted, managed, remotes(session));
        return system.resolveDependencies(
                session, new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(scopes)));
    }

    /** Whether the artifact is there already; a difference in version is noted where the user asked for it. */
    private boolean isPresent(Artifact artifact, List<String> notes, boolean asked) {
        String owned = own.version(artifact.getGroupId(), artifact.getArtifactId());
        String before = added.get(key(artifact));
        if (owned != null && artifact.getClassifier().isEmpty()) {
            if (asked && !owned.equals(artifact.getVersion())) {
                notes.add(artifact.getGroupId() + ":" + artifact.getArtifactId() + " stays at " + owned
                        + ", which the workbench is built with; " + artifact.getVersion() + " was not added");
            }
            return true;
        }
        if (before != null) {
            if (asked && !before.equals(artifact.getVersion())) {
                notes.add(artifact.getArtifactId() + " " + before + " was added before; for " + artifact.getVersion()
                        + " restart the kernel first");
            }
            return true;
        }
        return false;
    }

    private static String key(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getClassifier();
    }

    private static String explained(RepositoryException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean unreachable = message.contains("Unknown host")
                || message.contains("UnknownHost")
                || message.contains("Connect to")
                || message.contains("offline")
                || message.contains("timed out");
        return unreachable
                ? "these artifacts are not in the local repository, and no repository can be reached: " + message
                : message;
    }
}
