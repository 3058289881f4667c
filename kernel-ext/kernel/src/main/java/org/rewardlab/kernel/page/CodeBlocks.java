package org.rewardlab.kernel.page;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Fenced code in text cells; Java is coloured like the code cells. */
final class CodeBlocks implements NodeRenderer {
    private static final Set<String> JAVA = Set.of("java", "jshell", "kotlin", "scala");
    private final HtmlWriter html;

    CodeBlocks(HtmlNodeRendererContext context) {
        this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
        FencedCodeBlock block = (FencedCodeBlock) node;
        String info = block.getInfo() == null ? "" : block.getInfo().strip();
        String language = info.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        String code = block.getLiteral();
        html.line();
        html.tag("pre", Map.of("class", "code"));
        html.tag("code");
        html.raw(JAVA.contains(language) ? JavaCode.highlight(code) : Html.escape(code));
        html.tag("/code");
        html.tag("/pre");
        html.line();
    }
}
