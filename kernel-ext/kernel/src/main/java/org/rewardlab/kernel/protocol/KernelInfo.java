package org.rewardlab.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.rewardlab.kernel.session.Session;

/** What the kernel says of itself; needs no session. */
final class KernelInfo {

    private KernelInfo() {}

    static void answer(Exchange exchange) {
        exchange.reply("kernel_info_reply", content());
    }

    private static JsonObject content() {
        String java = System.getProperty("java.version");
        JsonObject language = new JsonObject();
        language.addProperty("name", "java");
        language.addProperty("version", java);
        language.addProperty("mimetype", "text/x-java-source");
        language.addProperty("file_extension", ".jshell");
        language.addProperty("pygments_lexer", "java");
        language.addProperty("codemirror_mode", "java");
        language.addProperty("nbconvert_exporter", "script");
        JsonObject content = new JsonObject();
        content.addProperty("status", "ok");
        content.addProperty("protocol_version", Exchange.PROTOCOL);
        content.addProperty("implementation", "rewardlab");
        content.addProperty("implementation_version", Session.version());
        content.add("language_info", language);
        content.addProperty(
                "banner",
                "RewardLab " + Session.version() + " on Java " + java + ", " + System.getProperty("java.vendor"));
        content.add("help_links", help());
        content.addProperty("debugger", false);
        return content;
    }

    private static JsonArray help() {
        JsonArray links = new JsonArray();
        JsonObject api = new JsonObject();
        api.addProperty("text", "Java API");
        api.addProperty(
                "url",
                "https://docs.oracle.com/en/java/javase/" + Runtime.version().feature() + "/docs/api/index.html");
        links.add(api);
        return links;
    }
}
