{# The column lies between the bounds, both included; nulls pass. #}
{% test accepted_range(model, column_name, min_value=none, max_value=none) %}

select {{ column_name }}
from {{ model }}
where not (
    {{ column_name }} >= {{ column_name if min_value is none else min_value }}
    and {{ column_name }} <= {{ column_name if max_value is none else max_value }}
)

{% endtest %}
