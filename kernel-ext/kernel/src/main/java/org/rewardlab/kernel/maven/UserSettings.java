package org.rewardlab.kernel.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.repository.AuthenticationSelector;
import org.eclipse.aether.repository.MirrorSelector;
import org.eclipse.aether.repository.ProxySelector;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.jspecify.annotations.Nullable;

/** The user's settings of Maven: local repository, mirrors, proxies and servers. */
final class UserSettings {

    private final Settings settings;

    UserSettings() {
        settings = read();
    }

    private static Settings read() {
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        Path user = Path.of(System.getProperty("user.home", "."), ".m2", "settings.xml");
        if (Files.isRegularFile(user)) {
            request.setUserSettingsFile(user.toFile());
        }
        String home = System.getenv("MAVEN_HOME");
        if (home != null && new File(home, "conf/settings.xml").isFile()) {
            request.setGlobalSettingsFile(new File(home, "conf/settings.xml"));
        }
        request.setSystemProperties(System.getProperties());
        try {
            return new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(request)
                    .getEffectiveSettings();
        } catch (SettingsBuildingException e) {
            System.err.println("[Maven's settings cannot be read, defaults are used: " + e.getMessage() + "]");
            return new Settings();
        }
    }

    boolean offline() {
        return settings.isOffline();
    }

    File localRepository() {
        String property = System.getProperty("maven.repo.local");
        String named = property != null ? property : settings.getLocalRepository();
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".m2", "repository")
                        .toFile()
                : new File(named);
    }

    MirrorSelector mirrors() {
        DefaultMirrorSelector selector = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            selector.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        return selector;
    }

    ProxySelector proxies() {
        DefaultProxySelector selector = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                AuthenticationBuilder login = new AuthenticationBuilder();
                login.addUsername(proxy.getUsername()).addPassword(proxy.getPassword());
                selector.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(), proxy.getHost(), proxy.getPort(), login.build()),
                        proxy.getNonProxyHosts());
            }
        }
        return selector;
    }

    AuthenticationSelector servers() {
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            AuthenticationBuilder login = new AuthenticationBuilder();
            login.addUsername(server.getUsername()).addPassword(server.getPassword());
            addKey(login, server.getPrivateKey(), server.getPassphrase());
            selector.add(server.getId(), login.build());
        }
        return selector;
    }

    private static void addKey(AuthenticationBuilder login, @Nullable String key, @Nullable String passphrase) {
        if (key != null) {
            login.addPrivateKey(key, passphrase);
        }
    }

    /** Repositories of the active profiles: id, then address. */
    List<String[]> repositories() {
        List<String> active = settings.getActiveProfiles();
        return settings.getProfiles().stream()
                .filter(profile -> active.contains(profile.getId())
                        || (profile.getActivation() != null
                                && profile.getActivation().isActiveByDefault()))
                .flatMap(profile -> profile.getRepositories().stream())
                .map(repository -> new String[] {repository.getId(), repository.getUrl()})
                .toList();
    }
}
