package org.rewardlab.kernel.session;

import java.net.URL;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.common.Url;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Addresses as links: JJava's own renderer writes a tag that is never closed, around an address that leads nowhere. */
final class Links {

    private Links() {}

    static void register(Renderer renderer) {
        renderer.createRegistration(URL.class)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.ANY)
                .register((url, context) -> {
                    if (context.getParameterAsBoolean(Url.EMBED_KEY, false)) {
                        Url.renderUrl(url, context);
                    } else {
                        context.renderIfRequested(MIMEType.TEXT_HTML, () -> link(url.toExternalForm()));
                    }
                });
    }

    private static String link(String address) {
        String text = address.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        return "<a href=\"" + text + "\">" + text + "</a>";
    }
}
