package org.rewardlab.kernel.eval;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;

/**
 * Tells a switch that is meant for its value, as {@code switch (day) { case 1 -> "Monday"; default -> "later"; }}. Where a
 * statement is expected the compiler reads it as one, of which JShell makes nothing.
 */
final class ValueSwitch {

    private ValueSwitch() {}

    /** Whether an arrow of the switch leads to what can only be a value. */
    static boolean is(StatementTree statement) {
        return statement instanceof SwitchTree choice
                && choice.getCases().stream().anyMatch(ValueSwitch::yieldsValue);
    }

    private static boolean yieldsValue(CaseTree each) {
        return each.getCaseKind() == CaseTree.CaseKind.RULE
                && each.getBody() instanceof ExpressionStatementTree body
                && body.getExpression() instanceof ErroneousTree;
    }
}
