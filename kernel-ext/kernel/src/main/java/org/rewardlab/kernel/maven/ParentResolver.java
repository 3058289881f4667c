package org.rewardlab.kernel.maven;

import java.io.File;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelSource;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Finds the POMs that a POM refers to: its parents and what it imports. */
@SuppressWarnings("deprecation") // Maven's own interface is written with these types
final class ParentResolver implements ModelResolver {

    private final MavenResolver resolver;

    ParentResolver(MavenResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public ModelSource resolveModel(String group, String artifact, String version) throws UnresolvableModelException {
        Artifact pom = new DefaultArtifact(group, artifact, "pom", version);
        try {
            return new FileModelSource(fetch(pom, true));
        } catch (ArtifactResolutionException local) {
            try {
                return new FileModelSource(fetch(pom, false));
            } catch (ArtifactResolutionException e) {
                throw new UnresolvableModelException(e.getMessage(), group, artifact, version, e);
            }
        }
    }

    private File fetch(Artifact pom, boolean offline) throws ArtifactResolutionException {
        DefaultRepositorySystemSession session = resolver.session(offline);
        return resolver.system()
                .resolveArtifact(session, new ArtifactRequest(pom, resolver.remotes(session), null))
                .getArtifact()
                .getFile();
    }

    @Override
    public ModelSource resolveModel(Parent parent) throws UnresolvableModelException {
        return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
    }

    @Override
    public ModelSource resolveModel(Dependency dependency) throws UnresolvableModelException {
        return resolveModel(dependency.getGroupId(), dependency.getArtifactId(), dependency.getVersion());
    }

    @Override
    public void addRepository(Repository repository) {
        resolver.offerRepository(repository.getId(), repository.getUrl());
    }

    @Override
    public void addRepository(Repository repository, boolean replace) {
        addRepository(repository);
    }

    @Override
    public ModelResolver newCopy() {
        return this;
    }
}
