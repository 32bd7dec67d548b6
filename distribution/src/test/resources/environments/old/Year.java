package old;

import java.io.IOException;
import javax.servlet.jsp.JspException;
import javax.servlet.jsp.tagext.TagSupport;

public class Year extends TagSupport {
    public int doEndTag() throws JspException {
        try {
            pageContext.getOut().print("2002");
        } catch (IOException e) {
            throw new JspException(e);
        }
        return EVAL_PAGE;
    }
}
