{# The column has a value in every row that keeps the condition. #}
{% test not_null_where(model, column_name, condition) %}

select *
from {{ model }}
where {{ column_name }} is null and ({{ condition }})

{% endtest %}
